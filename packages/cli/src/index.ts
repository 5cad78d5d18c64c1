// Configuration, so that a project needs one package only
export type {
  HandlersConfig,
  ImportExtension,
  RunConfig,
  ServeConfig,
  StepwrightConfig,
} from "@stepwright/codegen/config";
export { defineConfig } from "@stepwright/codegen/config";
