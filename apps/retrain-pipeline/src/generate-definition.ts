import type { StateMachineDefinition } from "@stepwright/asl";
export async function generateDefinition(_appFolder: string): Promise<StateMachineDefinition> {
  throw new Error("not yet");
}
