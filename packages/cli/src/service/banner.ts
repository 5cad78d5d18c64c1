/** What `stepwright serve` says when it listens: where, and who answers what. */
import { relative } from "node:path";
import type { Terminal } from "../terminal.ts";
import type { ServedProject } from "./open-project.ts";
import type { TaskSource } from "./task-source.ts";

export interface BannerFacts {
  readonly url: string;
  /** Absolute; `undefined`: nothing is kept. */
  readonly journal: string | undefined;
  readonly project: ServedProject | undefined;
  /** `Machine#TestCase`. */
  readonly testCases: readonly string[];
}

export function printBanner({ journal, project, testCases, url }: BannerFacts, terminal: Terminal): void {
  const { cwd } = terminal;
  const kept = journal === undefined ? "nothing is kept" : `state in ${relative(cwd, journal)}`;
  const parts = [
    `Step Functions API on ${url} (${kept})\n`,
    `  aws stepfunctions list-state-machines --region us-east-1 --endpoint-url ${url}\n`,
    `  curl ${url} -H 'Content-Type: application/x-amz-json-1.0' -H 'X-Amz-Target: AWSStepFunctions.ListStateMachines' -d '{}'\n`,
  ];
  if (project !== undefined) {
    parts.push(
      section(
        "Machines",
        project.machines.map(({ name }) => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`),
      ),
      section("Tasks", [
        ...columns(Object.entries(project.sources).map(([task, source]) => [task, describeSource(source, cwd)])),
        ...servicesLines(project),
      ]),
    );
  }
  if (testCases.length > 0) parts.push(section("Mocks", testCases));
  terminal.out(parts.join(""));
}

function servicesLines({ services }: ServedProject): readonly string[] {
  if (services === undefined) return [];
  const { endpoint = `AWS in ${services.region ?? "us-east-1"}`, endpoints = {} } = services;
  return [
    ...columns(Object.entries(endpoints).map(([service, url]) => [`calls of ${service}`, url])),
    `calls of other services  ${endpoint}`,
  ];
}

function describeSource(source: TaskSource, cwd: string): string {
  if (source.kind === "endpoint") return source.url;
  if (source.kind === "program") return source.command.join(" ");
  return `${relative(cwd, source.module)} (read again when it changes)`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `\n${title}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}
