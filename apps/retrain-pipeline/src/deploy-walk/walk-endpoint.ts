/** Where the walk deploys to: a service that runs already, or one in this process. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { UsageError } from "../options.ts";

export interface WalkEndpoint {
  readonly url: string;
  readonly isOwn: boolean;
  close(): void;
}

/** @throws UsageError when nothing answers at the given endpoint */
export async function openEndpoint(given: string | undefined): Promise<WalkEndpoint> {
  return given === undefined ? ownService() : knownService(given);
}

async function ownService(): Promise<WalkEndpoint> {
  const { StepFunctionsService, createHttpDoor } = await import("@stepwright/local-runner/service");
  const service = new StepFunctionsService();
  const door = createHttpDoor(service);
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    isOwn: true,
    close() {
      service.close();
      door.closeAllConnections();
      door.close();
    },
  };
}

async function knownService(url: string): Promise<WalkEndpoint> {
  try {
    // Whatever it answers, it is up; the SDK would try again and again before it says that nobody is there.
    await (await fetch(url, { signal: AbortSignal.timeout(5000) })).body?.cancel();
  } catch (error) {
    throw new UsageError(
      `Nothing answers at ${url}. Start the service in another terminal:\n` +
        `  npx --yes pnpm stepwright serve --memory --port ${new URL(url).port || "8083"}\n` +
        "or leave --endpoint out: then the walk starts one in its own process.",
      { cause: error },
    );
  }
  return { url, isOwn: false, close() {} };
}
