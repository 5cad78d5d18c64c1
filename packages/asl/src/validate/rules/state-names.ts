/** State names are short and unique over the whole machine. See the ASL specification, "Structure of a State Machine". */
import { limits } from "../../limits.ts";
import { characterCount } from "../../name.ts";
import type { Rule } from "../report.ts";

export const stateNames: Rule = ({ states }, report) => {
  const seen = new Set<string>();
  const longest = limits.stateNameCharacters.value;
  for (const { name, place } of states) {
    if (name.length > longest && characterCount(name) > longest) {
      report(
        "INVALID_STATE_NAME",
        `Invalid State name: State '${name}' exceeds the ${longest}-character limit allowed by the service`,
        place,
      );
    }
    if (seen.has(name)) report("DUPLICATE_STATE_NAME", `Duplicate State name: ${name}`, place);
    seen.add(name);
  }
};
