# syntax=docker/dockerfile:1

# By digest, so that the same is built each time; `sh deploy/release/pin-images.sh` looks the digests up anew.
# Node.js 26.10 or later, or 24.15: between them are versions with a fault that a server can use (src/cli/serve/process-faults.ts).
ARG NODE_IMAGE=node:26.10.0-trixie-slim@sha256:ec7758ee051e457b468b32bde57b0879010b325bb9862718e9615225ce4aaae1
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs26-debian13:nonroot@sha256:afc6657a4b662f9cb69ca892b0596e55d6ef81a10e83ee8887b13f602877df89

# Everything is plain JavaScript: what the first three stages make runs on every platform of the last one.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run --silent build

FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Types, source maps, readmes and builds for browsers are more than half of it, and nothing that runs here. Licences stay.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
    && find node_modules -type f \( -name '*.map' -o -name '*.[cm]ts' -o -name '*.ts' -o -name '*.flow' \) -delete \
    && find node_modules -type f -iname '*.md' ! -iname '*licen[cs]e*' ! -iname '*notice*' -delete \
    && find node_modules -depth -type d \( -path '*/dist/browser' -o -path '*/dist/react-native' -o -path '*/dist/workerd' \) \
       -exec rm -r {} +

# One folder with one time stamp: the layer made of it is the same each time.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS app
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Simulated servers, which speak SQL Server's protocol, have no place beside real ones: `with` is for the demo.
ARG SIMULATOR=without
ARG REVISION
ARG SOURCE_DATE_EPOCH=0
RUN if [ "${SIMULATOR}" != with ]; then rm -r dist/simulator; fi \
    && if [ -n "${REVISION}" ]; then npm pkg set "gitHead=${REVISION}"; fi \
    && find . -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH}" {} +

# No shell and no package manager.
FROM ${RUNTIME_IMAGE}
ARG VERSION
ARG REVISION
ARG CREATED
ARG RUNTIME_IMAGE
LABEL org.opencontainers.image.title="milink-exporter" \
      org.opencontainers.image.description="Prometheus exporter for the Azure SQL Managed Instance link" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.url="https://github.com/milink-exporter/milink-exporter" \
      org.opencontainers.image.source="https://github.com/milink-exporter/milink-exporter" \
      org.opencontainers.image.documentation="https://github.com/milink-exporter/milink-exporter/blob/main/docs/install/docker.md" \
      org.opencontainers.image.base.name="${RUNTIME_IMAGE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
# SIGUSR1 would open Node's inspector before the program is loaded, which takes the signal then. glibc keeps memory apart for each of
# twenty threads otherwise, of which one does nearly all: 4 MB with two servers.
ENV NODE_ENV=production NODE_OPTIONS=--disable-sigusr1 MALLOC_ARENA_MAX=2
COPY --from=app /app /app
# The configuration is looked for here: milink.yaml, unless --config.file says otherwise.
WORKDIR /etc/milink-exporter
# By number: Kubernetes can't tell that a name is not root.
USER 65532:65532
EXPOSE 10522
HEALTHCHECK --interval=30s --timeout=10s --start-period=15s --retries=3 \
    CMD ["/nodejs/bin/node", "/app/dist/main.js", "healthcheck"]
# The program handles SIGTERM, SIGINT and SIGHUP itself, as the first process of a container must.
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/main.js"]
