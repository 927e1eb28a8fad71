import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DockerfileParser, type Instruction, type ModifiableInstruction } from 'dockerfile-ast';

export const projectRoot = resolve(import.meta.dirname, '../..');
export const dockerfileText = readFileSync(resolve(projectRoot, 'Dockerfile'), 'utf8');

/** One instruction of a stage; `content` has neither the keyword nor the flags. */
export interface Step {
  readonly keyword: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly content: string;
}

/** A stage of the build. */
export interface BuildStage {
  readonly image: string;
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface BuildPlan {
  /** ARG instructions before the first stage: name and default. */
  readonly globals: Readonly<Record<string, string>>;
  readonly stages: readonly BuildStage[];
}

/** The Dockerfile as its parser sees it. */
export function readPlan(text: string): BuildPlan {
  const dockerfile = DockerfileParser.parse(text);
  const stages: { image: string; name: string; steps: Step[] }[] = [];
  for (const instruction of dockerfile.getInstructions()) {
    const step = stepOf(instruction);
    if (step.keyword === 'FROM') {
      const [image = '', , name = ''] = step.content.split(/\s+/);
      stages.push({ image, name, steps: [] });
    } else stages.at(-1)?.steps.push(step);
  }
  const globals = dockerfile.getInitialARGs().map((arg) => variableOf(arg.getRawArgumentsContent() ?? ''));
  return { globals: Object.fromEntries(globals), stages };
}

function stepOf(instruction: Instruction): Step {
  const flags = 'getFlags' in instruction ? (instruction as ModifiableInstruction).getFlags() : [];
  return {
    keyword: instruction.getKeyword(),
    flags: Object.fromEntries(flags.map((flag) => [flag.getName(), flag.getValue() ?? ''])),
    content: (instruction.getRawArgumentsContent() ?? '').trim(),
  };
}

/** `NAME=value` or `NAME`, as ARG and ENV have it. */
export function variableOf(text: string): readonly [string, string] {
  const [name = '', value = ''] = text.split(/=(.*)/s);
  return [name, value.replace(/^"(.*)"$/s, '$1')];
}

/** The words of an instruction in exec form. */
export function execForm(content: string): readonly string[] {
  const words: unknown = JSON.parse(content.replace(/^CMD\s+/, ''));
  if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
  throw new Error(`not in exec form: ${content}`);
}

/** The instructions of the image itself that have this keyword. */
export function finalSteps(plan: BuildPlan, keyword: string): readonly Step[] {
  return plan.stages.at(-1)?.steps.filter((step) => step.keyword === keyword) ?? [];
}
