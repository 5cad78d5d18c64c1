/**
 * A Map's Label becomes part of ARNs: short, unique over the machine, without special characters.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html.
 */
import { limits } from "../../limits.ts";
import { characterCount, forbiddenLabelCharacterIn } from "../../name.ts";
import { placeIn } from "../../place.ts";
import { hasPlaceholder } from "../../substitution.ts";
import type { Rule } from "../report.ts";

export const mapLabels: Rule = ({ states }, report) => {
  const seen = new Set<string>();
  const longest = limits.labelCharacters.value;
  for (const { value, place } of states) {
    const label = value["Type"] === "Map" ? value["Label"] : undefined;
    if (typeof label !== "string" || hasPlaceholder(label)) continue;
    const labelPlace = placeIn(place, "Label");
    const forbidden = forbiddenLabelCharacterIn(label);
    if (label === "") {
      report("INVALID_LABEL_NAME", "Label cannot be empty", labelPlace);
    } else if (characterCount(label) > longest) {
      report("INVALID_LABEL_NAME", `Label cannot exceed ${longest} characters`, labelPlace);
    } else if (forbidden !== undefined) {
      report("INVALID_LABEL_NAME", `Label contains invalid character: '${forbidden}'`, labelPlace);
    }
    if (seen.has(label)) report("DUPLICATE_LABEL_NAME", `Duplicate Label name: ${label}`, labelPlace);
    seen.add(label);
  }
};
