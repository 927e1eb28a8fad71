# syntax=docker/dockerfile:1
# The packages are plain JavaScript: what this stage installs runs on every platform of the last one.
FROM node:24-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# No shell and no package manager; user 65532.
FROM gcr.io/distroless/nodejs24-debian13:nonroot
LABEL org.opencontainers.image.title="milink-exporter" \
      org.opencontainers.image.description="Prometheus exporter for the Azure SQL Managed Instance link" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
# Node runs the sources as they are: it strips the types.
COPY src ./src
USER nonroot
EXPOSE 10522
# The program handles SIGTERM and SIGINT itself, as the first process of a container must.
ENTRYPOINT ["/nodejs/bin/node", "/app/src/main.ts"]
