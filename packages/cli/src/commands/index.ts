/** Every command by its name, in the order of the help. */
import type { CommandEntry } from "../command.ts";

export const commands: Readonly<Record<string, CommandEntry>> = {
  init: {
    summary: "begin a project: a machine, its contracts, a handler, a test",
    load: () => import("./init.ts"),
  },
  generate: {
    summary: "write definitions, source maps, contracts, handler stubs and the manifest",
    load: () => import("./generate.ts"),
  },
  validate: {
    summary: "check Amazon States Language files as AWS would",
    load: () => import("./validate.ts"),
  },
  run: {
    summary: "execute a machine or a definition file offline",
    load: () => import("./run.ts"),
  },
  serve: {
    summary: "answer the AWS Step Functions API on this machine",
    load: () => import("./serve.ts"),
  },
  import: {
    summary: "turn a definition or a template into the TypeScript that generates it",
    load: () => import("./import.ts"),
  },
  diff: {
    summary: "say what changed between two machines, in the words of a reviewer",
    load: () => import("./diff.ts"),
  },
  graph: {
    summary: "draw a machine or a definition file",
    load: () => import("./graph.ts"),
  },
  bundle: {
    summary: "pack each handler into one file for Lambda",
    load: () => import("./bundle.ts"),
  },
  plan: {
    summary: "say what a deployment would change, and change nothing",
    load: () => import("./plan.ts"),
  },
  deploy: {
    summary: "bring a machine to AWS, version by version",
    load: () => import("./deploy.ts"),
  },
  status: {
    summary: "say what is live, and whether somebody changed it",
    load: () => import("./status.ts"),
  },
  rollback: {
    summary: "return to the version that served before",
    load: () => import("./rollback.ts"),
  },
  destroy: {
    summary: "delete a machine from the account",
    load: () => import("./destroy.ts"),
  },
};
