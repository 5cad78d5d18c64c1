/** Every command by its name, in the order of the help. */
import type { CommandEntry } from "../command.ts";

export const commands: Readonly<Record<string, CommandEntry>> = {
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
  graph: {
    summary: "draw a machine or a definition file",
    load: () => import("./graph.ts"),
  },
};
