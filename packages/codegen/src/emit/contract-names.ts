import { pascalCase } from "./names.ts";

/** What other generated files import from a contract. */
export interface ContractNames {
  readonly inputType: string;
  readonly outputType: string;
  readonly errorType: string;
  readonly parseInput: string;
}

export function contractNames(task: string): ContractNames {
  const name = pascalCase(task);
  return {
    inputType: `${name}Input`,
    outputType: `${name}Output`,
    errorType: `${name}ErrorName`,
    parseInput: `parse${name}Input`,
  };
}
