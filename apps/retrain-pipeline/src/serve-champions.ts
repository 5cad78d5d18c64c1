/** The local endpoint, kept open: every champion answers over HTTP until somebody stops it. */
import { once } from "node:events";
import { localPorts, modelCatalog } from "@stepwright/handlers";

export interface ServeOptions {
  readonly home: string;
  readonly world: string;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

export async function serveChampions({ home, world, signal, say }: ServeOptions): Promise<void> {
  const ports = localPorts({ home, world });
  try {
    const url = await ports.endpointUrl();
    say(`\nServing the champions at ${url} until Ctrl-C:`);
    for (const modelId of modelCatalog().modelIds) {
      const { champion } = await ports.aliases.read(modelId);
      if (champion === undefined) continue;
      const row = JSON.stringify({ instances: [champion.featureNames.map(() => 0)] });
      say(`\n  # ${modelId} ${champion.version}: ${champion.featureNames.join(", ")}`);
      say(`  curl -s ${url}/models/${modelId}/invocations -H 'content-type: application/json' -d '${row}'`);
    }
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    await ports.close();
  }
}
