import { isIPv4 } from 'node:net';
import {
  AuthenticationConstants,
  type BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
} from 'botframework-connector';
import { type ConnectionOptions, connectionPolicy } from './connections.js';

export interface ConnectorOptions extends ConnectionOptions {
  /** `ConfigurationBotFrameworkAuthentication`, the one the adapter has; without an app id it signs nothing. */
  readonly auth: Pick<BotFrameworkAuthentication, 'createConnectorFactory'>;
  readonly appId: string;
}

/** As whom the bot speaks. */
export const identityOf = (appId: string): ClaimsIdentity =>
  new ClaimsIdentity([
    { type: AuthenticationConstants.AudienceClaim, value: appId },
    { type: AuthenticationConstants.AppIdClaim, value: appId },
  ]);

/**
 * Gives the connector of a service URL, one for all calls to it. It does not follow redirections, and sends a request
 * again only where `connectionPolicy` says so.
 * The promise rejects when the URL is neither https nor on this machine: the app's token would be readable.
 */
export function createConnectors({ auth, appId, ...connections }: ConnectorOptions) {
  const factory = auth.createConnectorFactory(identityOf(appId));
  const connectors = new Map<string, Promise<ConnectorClient>>();

  async function open(serviceUrl: string): Promise<ConnectorClient> {
    if (!isSafe(serviceUrl)) throw new UnsafeServiceUrl(serviceUrl);
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

/** The steps that a request of the SDK goes through. */
interface Pipeline {
  removePolicy(policy: { name: string }): unknown[];
  addPolicy(policy: ReturnType<typeof connectionPolicy>, place: { afterPhase: 'Sign' }): void;
}

/**
 * The SDK sends a request up to four times, also a POST that was answered 500 or whose connection was cut: a
 * double post. Its options `noRetryPolicy`, `retryOptions`, `keepAliveOptions` and `agentSettings` do nothing for these
 * requests (botframework-connector 4.23.3 hands none of them on to @azure/core-client), so its steps are changed in
 * the pipeline, which is private.
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

/** Whether the app's token may be sent to a service URL: https, or on this machine. */
export function isSafe(serviceUrl: string): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, hostname } = new URL(serviceUrl);
  const here =
    hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
  return protocol === 'https:' || (protocol === 'http:' && here);
}
