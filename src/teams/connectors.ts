import { isIPv4 } from 'node:net';
import {
  AuthenticationConstants,
  type BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
} from 'botframework-connector';

export interface ConnectorOptions {
  /** `ConfigurationBotFrameworkAuthentication`, the one the adapter has; without an app id it signs nothing. */
  readonly auth: Pick<BotFrameworkAuthentication, 'createConnectorFactory'>;
  readonly appId: string;
}

/**
 * Gives the connector of a service URL, one for all calls to it. It neither retries nor follows redirections.
 * The promise rejects when the URL is neither https nor on this machine: the app's token would be readable.
 */
export function createConnectors({ auth, appId }: ConnectorOptions) {
  const factory = auth.createConnectorFactory(
    new ClaimsIdentity([
      { type: AuthenticationConstants.AudienceClaim, value: appId },
      { type: AuthenticationConstants.AppIdClaim, value: appId },
    ]),
  );
  const connectors = new Map<string, Promise<ConnectorClient>>();

  async function open(serviceUrl: string): Promise<ConnectorClient> {
    if (!isSafe(serviceUrl)) throw new UnsafeServiceUrl(serviceUrl);
    const connector = await factory.create(serviceUrl);
    withoutPolicy(connector, 'defaultRetryPolicy');
    withoutPolicy(connector, 'redirectPolicy');
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
 * The SDK sends a request up to four times, also a POST that was answered 500 or whose connection was cut: a
 * double post. `noRetryPolicy` and `retryOptions` of its options are read by nothing (botframework-connector
 * 4.23.3 hands neither on to @azure/core-client), so the step is taken out of the pipeline, which is private.
 */
function withoutPolicy(connector: ConnectorClient, name: string): void {
  const { client } = connector as unknown as {
    client?: { pipeline?: { removePolicy(policy: { name: string }): unknown[] } };
  };
  if (client?.pipeline?.removePolicy({ name }).length !== 1) {
    throw new Error(`The Bot Framework SDK has no "${name}" to switch off: see how its new version retries.`);
  }
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
