/** All rules beside the shape, in the order of their findings: what the service refuses, then what we advise. */
import type { Rule } from "./report.ts";
import { catchAll } from "./rules/catch-all.ts";
import { choiceRules } from "./rules/choice-rules.ts";
import { credentials } from "./rules/credentials.ts";
import { distributedFields } from "./rules/distributed-fields.ts";
import { exclusiveFields } from "./rules/exclusive-fields.ts";
import { expressSupport } from "./rules/express-support.ts";
import { heartbeat } from "./rules/heartbeat.ts";
import { historyLimit } from "./rules/history-limit.ts";
import { idleHandlers } from "./rules/idle-handlers.ts";
import { mapLabels } from "./rules/map-labels.ts";
import { pathLikeText } from "./rules/path-like-text.ts";
import { payloadLimit } from "./rules/payload-limit.ts";
import { processorConfig } from "./rules/processor-config.ts";
import { reachability } from "./rules/reachability.ts";
import { stateNames } from "./rules/state-names.ts";
import { terminalState } from "./rules/terminal-state.ts";
import { transitionTargets } from "./rules/transition-targets.ts";
import { variables } from "./rules/variables.ts";
import { shape } from "./shape.ts";

export const rules: readonly Rule[] = [
  shape,
  exclusiveFields,
  choiceRules,
  catchAll,
  processorConfig,
  distributedFields,
  credentials,
  expressSupport,
  variables,
  stateNames,
  mapLabels,
  transitionTargets,
  terminalState,
  reachability,
  pathLikeText,
  idleHandlers,
  heartbeat,
  historyLimit,
  payloadLimit,
];
