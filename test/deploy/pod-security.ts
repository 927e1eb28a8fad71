import type { Manifest } from './render.ts';

/**
 * What the Pod Security Standard `restricted` has against a Deployment, and what a container of ours keeps beyond it: a file
 * system that can't be written, no token of the cluster.
 */
export function podProblems({ metadata, spec }: Manifest): readonly string[] {
  const pod = spec.template.spec;
  const problems: string[] = [];
  const expect = (isMet: boolean, what: string): void => {
    if (!isMet) problems.push(`${metadata.name}: ${what}`);
  };
  expect(pod.automountServiceAccountToken === false, 'the token of the service account is mounted');
  expect(pod.securityContext?.runAsNonRoot === true, 'runAsNonRoot is not set');
  expect(pod.securityContext?.runAsUser !== 0, 'runs as root');
  expect(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'no seccomp profile');
  expect(!(pod.hostNetwork || pod.hostPID || pod.hostIPC), 'shares a namespace of the node');
  for (const container of pod.containers) {
    const security = container.securityContext ?? {};
    expect(security.allowPrivilegeEscalation === false, 'privileges may be gained');
    expect(security.readOnlyRootFilesystem === true, 'the file system can be written');
    expect(security.privileged !== true, 'privileged');
    expect(security.capabilities?.drop?.includes('ALL') && !security.capabilities.add, 'capabilities are kept');
  }
  const allowed = ['configMap', 'secret', 'projected', 'emptyDir', 'persistentVolumeClaim'];
  for (const { name, ...volume } of pod.volumes) {
    expect(
      Object.keys(volume).every((kind) => allowed.includes(kind)),
      `the volume ${name} is of the node`,
    );
  }
  return problems;
}

/** What does not fit together: selectors, ports, volumes, and mounts inside one another, which a read-only one forbids. */
export function wiringProblems(manifests: readonly Manifest[]): readonly string[] {
  const problems: string[] = [];
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
  const matches = (selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean =>
    Object.entries(selector).every(([name, value]) => labels[name] === value);
  for (const { metadata, spec } of deployments) {
    const labels = spec.template.metadata.labels;
    if (!matches(spec.selector.matchLabels, labels)) problems.push(`${metadata.name} does not select its own pods`);
    const [container] = spec.template.spec.containers;
    const ports = container.ports.map(({ name }: { name: string }) => name);
    for (const probe of [container.livenessProbe, container.readinessProbe]) {
      const port = probe.httpGet?.port ?? probe.tcpSocket?.port;
      if (!ports.includes(port)) problems.push(`${metadata.name} probes the port ${port}`);
    }
    const volumes = new Set(spec.template.spec.volumes.map(({ name }: { name: string }) => name));
    const paths: string[] = container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
    for (const { name } of container.volumeMounts) if (!volumes.has(name)) problems.push(`no volume ${name}`);
    for (const path of paths) {
      if (paths.some((other) => path.startsWith(`${other}/`)))
        problems.push(`${path} is mounted inside another volume`);
    }
    for (const { kind, metadata: owner, spec: other } of manifests) {
      const selector = kind === 'Service' ? other.selector : other?.podSelector?.matchLabels;
      if (selector && !matches(selector, labels))
        problems.push(`${kind} ${owner.name} does not select ${metadata.name}`);
    }
  }
  const services = manifests.filter(({ kind }) => kind === 'Service');
  for (const { spec } of manifests.filter(({ kind }) => kind === 'ServiceMonitor')) {
    const found = services.filter(({ metadata }) => matches(spec.selector.matchLabels, metadata.labels ?? {}));
    if (found.length !== 1) problems.push('the ServiceMonitor does not select the Service');
    // The alert rules know the exporter by its job.
    const job = found[0]?.metadata.labels?.[spec.jobLabel] ?? '';
    if (jobsOfRules(manifests).some((known) => known !== job)) problems.push(`the rules know another job than ${job}`);
  }
  return problems;
}

/** The jobs that the alert rules among the resources name; that of the shipped rules when there are none. */
function jobsOfRules(manifests: readonly Manifest[]): readonly string[] {
  const rules = JSON.stringify(manifests.filter(({ kind }) => kind === 'PrometheusRule'));
  const jobs = [...rules.matchAll(/\bjob=\\"([^"\\]*)\\"/g)].map(([, job = '']) => job);
  return jobs.length === 0 ? ['milink-exporter'] : jobs;
}
