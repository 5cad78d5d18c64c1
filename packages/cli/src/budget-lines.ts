/** What `stepwright generate` tells of the machines' budgets, a line each. */
import type { MachineBudget, Span } from "@stepwright/codegen";

/** @example "Order: 9 to 15 history events, 2 to 4 transitions ($0.00005 to $0.0001), at most 45 min\n" */
export function budgetLine({ machine, historyEvents, transitions, priceUsd, durationSeconds, payload }: MachineBudget) {
  const parts = [
    `${span(historyEvents, count)} history events`,
    `${span(transitions, count)} transitions (${span(priceUsd, dollars)})`,
    durationSeconds === Infinity ? "any duration" : `at most ${duration(durationSeconds)}`,
    ...(payload === undefined ? [] : [`${payload.state} gives at most ${count(payload.bytes)} bytes`]),
  ];
  return `${machine}: ${parts.join(", ")}\n`;
}

function span({ least, most }: Span, print: (value: number) => string): string {
  return least === most ? print(least) : `${print(least)} to ${most === Infinity ? "any number of" : print(most)}`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** Two digits that say something: $0.00053. */
function dollars(value: number): string {
  return value === 0 ? "$0" : `$${value.toLocaleString("en-US", { maximumSignificantDigits: 2 })}`;
}

const units: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
];

function duration(seconds: number): string {
  const [unit, name] = units.find(([size]) => seconds >= size) ?? [1, "s"];
  return `${(seconds / unit).toLocaleString("en-US", { maximumFractionDigits: 1 })} ${name}`;
}
