import * as appManifest from '@microsoft/app-manifest';

/**
 * What Microsoft's schema says of the manifest. The library would fetch a schema that it does not carry, and
 * packaging asks nothing of the network: the version must be one of its own.
 */
export async function checkSchema(json: object): Promise<string[]> {
  const { $schema, manifestVersion } = json as Record<string, unknown>;
  const version = String(manifestVersion);
  if (!(`TeamsManifestV${version.replace('.', 'D')}` in appManifest)) {
    return [`manifest.json: no schema is known for "manifestVersion": "${version}"`];
  }
  const expected = `https://developer.microsoft.com/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`;
  if ($schema !== expected) return [`manifest.json: "$schema" must be ${expected}`];
  const manifest = json as Parameters<typeof appManifest.AppManifestUtils.validateAgainstSchema>[0];
  const faults = await appManifest.AppManifestUtils.validateAgainstSchema(manifest);
  return faults.map((fault) => `manifest.json: ${fault.trim()}`);
}
