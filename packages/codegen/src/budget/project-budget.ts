/** The budgets of a project's machines and what exceeds the configuration's thresholds. */
import { walkStates } from "@stepwright/asl";
import type { Diagnostic, WalkedState } from "@stepwright/asl";
import type { BudgetsConfig } from "../config.ts";
import type { FunctionFacts } from "../infrastructure/infrastructure-facts.ts";
import type { LoadedMachine, LoadedProject } from "../load/loaded-project.ts";
import { budgetOf, itemsOf } from "./budget.ts";
import type { Budget } from "./budget.ts";
import { largestJsonBytes } from "./largest-json.ts";

export interface MachineBudget extends Budget {
  readonly machine: string;
  /** The largest payload that contracts bound; `undefined` when they bound none. */
  readonly payload: PayloadBound | undefined;
}

export interface PayloadBound {
  readonly bytes: number;
  /** The state whose result is that large at most. */
  readonly state: string;
  readonly location: string;
}

/** @param functions  none when the project has no infrastructure; functions may then run as long as Lambda lets them */
export function budgetsOfProject(
  { machines, tasks, config }: LoadedProject,
  functions: readonly FunctionFacts[],
): readonly MachineBudget[] {
  const timeouts = new Map(
    functions.map(({ substitution, timeoutSeconds }) => [`\${${substitution}}`, timeoutSeconds]),
  );
  const outputBytes = new Map(
    tasks.map(({ name, output }) => [name, "schema" in output ? largestJsonBytes(output.schema) : Infinity]),
  );
  return machines.map((machine) => {
    const { name, definition } = machine;
    const type = Object.hasOwn(config.infrastructure.machines, name)
      ? config.infrastructure.machines[name]?.type
      : undefined;
    const budget = budgetOf(definition, {
      items: config.budgets.items ?? {},
      functionTimeoutSeconds: (resource) => timeouts.get(resource),
      ...(type === undefined ? {} : { type }),
    });
    return { machine: name, ...budget, payload: largestPayload(machine, outputBytes, config.budgets) };
  });
}

/** Results of tasks, and of Maps whose every item ends with a task's result. */
function largestPayload(
  { definition, tasks }: LoadedMachine,
  outputBytes: ReadonlyMap<string, number>,
  { items = {} }: BudgetsConfig,
): PayloadBound | undefined {
  const taskAt = new Map(tasks.map(({ location, task }) => [location, task]));
  const bytesOf = (state: WalkedState): number => {
    if (state.value["Type"] === "Map" && isPlain(state)) {
      const ends = (state.graphs[0]?.states ?? []).filter(({ value }) => value["End"] === true);
      const item = ends.length === 0 ? Infinity : Math.max(...ends.map(bytesOf));
      return 2 + itemsOf(state, { items }) * (1 + item);
    }
    const output = isPlain(state) ? outputBytes.get(taskAt.get(state.location) ?? "") : undefined;
    return output ?? Infinity;
  };
  const bounds = walkStates(definition).map((state) => {
    const { name, location } = state;
    return { state: name, location, bytes: bytesOf(state) };
  });
  return bounds
    .filter(({ bytes }) => Number.isFinite(bytes))
    .reduce<PayloadBound | undefined>(
      (most, bound) => (most === undefined || bound.bytes > most.bytes ? bound : most),
      undefined,
    );
}

/** The task's result is the state's output as it stands. */
function isPlain({ value }: WalkedState): boolean {
  return ["ResultSelector", "ResultPath", "OutputPath", "Output"].every((field) => !Object.hasOwn(value, field));
}

interface Threshold {
  readonly key: keyof Omit<BudgetsConfig, "items">;
  readonly found: (budget: MachineBudget) => number | undefined;
  /** Completes "at most …". */
  readonly words: (amount: number) => string;
}

const thresholds: readonly Threshold[] = [
  {
    key: "historyEvents",
    found: ({ historyEvents }) => historyEvents.most,
    words: (amount) => `${shown(amount)} history events`,
  },
  {
    key: "transitions",
    found: ({ transitions }) => transitions.most,
    words: (amount) => `${shown(amount)} state transitions`,
  },
  { key: "priceUsd", found: ({ priceUsd }) => priceUsd.most, words: (amount) => `${shown(amount)} US dollars` },
  { key: "durationSeconds", found: ({ durationSeconds }) => durationSeconds, words: (amount) => `${shown(amount)} s` },
  {
    key: "payloadBytes",
    found: ({ payload }) => payload?.bytes,
    words: (amount) => `${shown(amount)} bytes of payload`,
  },
];

/** `BUDGET_EXCEEDED`, an ERROR for each threshold that a machine may exceed. */
export function budgetDiagnostics(
  budgets: readonly MachineBudget[],
  { machines, config }: Pick<LoadedProject, "machines" | "config">,
): readonly Diagnostic[] {
  return budgets.flatMap((budget) =>
    thresholds.flatMap(({ key, found, words }) => {
      const allowed = config.budgets[key];
      const amount = found(budget);
      if (allowed === undefined || amount === undefined || amount <= allowed) {
        return [];
      }
      const because = amount === Infinity && budget.unbounded.length > 0 ? ` (${budget.unbounded.join("; ")})` : "";
      const machine = machines.find(({ name }) => name === budget.machine);
      const where = key === "payloadBytes" ? budget.payload?.location : undefined;
      const source = where === undefined ? undefined : machine?.sourceMap[where];
      return [
        {
          severity: "ERROR",
          code: "BUDGET_EXCEEDED",
          message: `An execution of ${budget.machine} may come to ${words(amount)}${because}; \`budgets.${key}\` allows ${shown(allowed)}`,
          ...(where === undefined ? {} : { location: where }),
          source: source ?? { file: machine?.module ?? "", line: 1, column: 1 },
        } as const,
      ];
    }),
  );
}

function shown(amount: number): string {
  return amount === Infinity ? "any number of" : String(Number(amount.toPrecision(12)));
}
