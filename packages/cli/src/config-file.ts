import { findConfig } from "@stepwright/codegen/find-config";

/** The configuration of the project that a folder is in, found without reading anything else of the generator. */
export function configFileFrom(cwd: string): string | undefined {
  try {
    return findConfig(cwd);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "CONFIG_NOT_FOUND") return undefined;
    throw error;
  }
}
