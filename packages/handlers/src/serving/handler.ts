import { createPort } from "../adapters/ports-from-environment.ts";
import { modelServer } from "./model-server.ts";

export const handler = modelServer({
  environment: process.env,
  objects: () => createPort("objects", process.env),
});
