import { expect, test } from "vitest";
import { openMetrics } from "./open-metrics.ts";

interface Family {
  readonly type: string;
  readonly samples: Record<string, number>;
}

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const sampleLine = new RegExp(String.raw`^(${name})(\{(?:${label}(?:,${label})*)?\})? (\d+(?:\.\d+)?|NaN|[+-]Inf)$`);
/** What a sample's name ends with, by the family's type. */
const suffixes: Readonly<Record<string, readonly string[]>> = { gauge: [""], counter: ["_total", "_created"] };

/**
 * A reader of the text format, strict where writers err: each family is one block with its type first, samples are
 * named as the type wants, none comes twice, and the text ends with `# EOF` and a line feed.
 * See https://prometheus.io/docs/specs/om/open_metrics_spec/ (1.0, seen 2026-11-23).
 */
function parseOpenMetrics(text: string): Readonly<Record<string, Family>> {
  const lines = text.split("\n");
  if (lines.splice(-2).join("\n") !== "# EOF\n") throw new Error("The text does not end with # EOF.");
  const families: Record<string, Family> = {};
  let current = "";
  for (const line of lines) {
    const [, keyword, family = "", type = ""] = /^# (TYPE|HELP|UNIT) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === "TYPE") {
      if (Object.hasOwn(families, family) || !Object.hasOwn(suffixes, type)) throw new Error(`Wrong: ${line}`);
      families[family] = { type, samples: {} };
      current = family;
    } else if (keyword === undefined) {
      readSample(line, current, families[current]);
    } else if (family !== current) {
      throw new Error(`Outside of its family's block: ${line}`);
    }
  }
  return families;
}

function readSample(line: string, family: string, read: Family | undefined): void {
  const [, sample = "", labels = "", value] = sampleLine.exec(line) ?? [];
  if (value === undefined || read === undefined) throw new Error(`No sample of a family: ${line}`);
  const isNamedRight = suffixes[read.type]!.some((suffix) => sample === family + suffix);
  if (!isNamedRight || Object.hasOwn(read.samples, sample + labels)) throw new Error(`Wrong: ${line}`);
  read.samples[sample + labels] = Number(value);
}

test("the figures are OpenMetrics", () => {
  const statistics = {
    stateMachines: 2,
    runningExecutions: 1,
    startedExecutions: 5,
    endedExecutions: { SUCCEEDED: 3, FAILED: 1 },
  };
  expect(parseOpenMetrics(openMetrics(statistics))).toEqual({
    stepwright_state_machines: { type: "gauge", samples: { stepwright_state_machines: 2 } },
    stepwright_executions_running: { type: "gauge", samples: { stepwright_executions_running: 1 } },
    stepwright_executions_started: { type: "counter", samples: { stepwright_executions_started_total: 5 } },
    stepwright_executions_ended: {
      type: "counter",
      samples: {
        'stepwright_executions_ended_total{status="SUCCEEDED"}': 3,
        'stepwright_executions_ended_total{status="FAILED"}': 1,
      },
    },
  });
  const atFirst = { stateMachines: 0, runningExecutions: 0, startedExecutions: 0, endedExecutions: {} };
  expect(parseOpenMetrics(openMetrics(atFirst))["stepwright_executions_ended"]).toEqual({
    type: "counter",
    samples: {},
  });
});
