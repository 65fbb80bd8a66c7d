import { isIPv4 } from 'node:net';
import {
  AuthenticationConstants,
  type BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
} from 'botframework-connector';
import { Entity } from 'botframework-connector/lib/connectorApi/models/mappers.js';
import { type ConnectionOptions, connectionPolicy } from './connections.js';

export interface ConnectorOptions extends ConnectionOptions {
  /** `ConfigurationBotFrameworkAuthentication`, which the adapter has too; without an app id it signs nothing. */
  readonly auth: Pick<BotFrameworkAuthentication, 'createConnectorFactory'>;
  readonly appId: string;
}

/** The bot's own identity. */
export const identityOf = (appId: string): ClaimsIdentity =>
  new ClaimsIdentity([
    { type: AuthenticationConstants.AudienceClaim, value: appId },
    { type: AuthenticationConstants.AppIdClaim, value: appId },
  ]);

/**
 * Returns the connector of a service URL, always the same one. It does not follow redirects, and repeats a request
 * only where `connectionPolicy` allows it. Rejects if the URL is neither https nor local, because the app's token
 * could be read.
 */
export function createConnectors({ auth, appId, ...connections }: ConnectorOptions) {
  keepWholeEntities();
  const factory = auth.createConnectorFactory(identityOf(appId));
  const connectors = new Map<string, Promise<ConnectorClient>>();

  async function open(serviceUrl: string): Promise<ConnectorClient> {
    if (!isSafeServiceUrl(serviceUrl)) throw new UnsafeServiceUrl(serviceUrl);
    const connector = await factory.create(serviceUrl);
    changeSteps(connector, connections);
    return connector;
  }

  return (serviceUrl: string): Promise<ConnectorClient> => {
    const known = connectors.get(serviceUrl);
    if (known) return known;
    const connector = open(serviceUrl);
    connectors.set(serviceUrl, connector);
    connector.catch(() => connectors.delete(serviceUrl));
    return connector;
  };
}

/**
 * The SDK sends of an entity only what it knows of mentions: of Teams' label for AI nothing but its type arrived. It
 * means to send the rest (botframework-connector 4.23.3 says so in the mapper of an activity), but @azure/core-client
 * looks for that in the mapper of the entity itself.
 */
function keepWholeEntities(): void {
  Object.assign(Entity.type, { additionalProperties: { type: { name: 'Object' } } });
}

/** The steps of a request in the SDK. */
interface Pipeline {
  removePolicy(policy: { name: string }): unknown[];
  addPolicy(policy: ReturnType<typeof connectionPolicy>, place: { afterPhase: 'Sign' }): void;
}

/**
 * The SDK sends a request up to four times, even a POST that was answered 500 or whose connection broke, which would
 * post twice. Its options `noRetryPolicy`, `retryOptions`, `keepAliveOptions` and `agentSettings` do not affect these
 * requests (botframework-connector 4.23.3 passes none of them to @azure/core-client), so the steps of its private
 * pipeline are changed.
 */
function changeSteps(connector: ConnectorClient, connections: ConnectionOptions): void {
  const { client } = connector as unknown as { client?: { pipeline?: Pipeline } };
  for (const name of ['defaultRetryPolicy', 'redirectPolicy']) {
    if (client?.pipeline?.removePolicy({ name }).length !== 1) {
      throw new Error(
        `The Bot Framework SDK has no "${name}" to switch off: see how its new version retries.`,
      );
    }
  }
  client?.pipeline?.addPolicy(connectionPolicy(connections), { afterPhase: 'Sign' });
}

export class UnsafeServiceUrl extends Error {
  constructor(serviceUrl: string) {
    super(`The service URL "${serviceUrl}" is not https.`);
  }
}

/** Whether the app's token may be sent to a service URL: only by https, or to this machine. */
export function isSafeServiceUrl(serviceUrl: string): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, hostname } = new URL(serviceUrl);
  const here =
    hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
  return protocol === 'https:' || (protocol === 'http:' && here);
}
