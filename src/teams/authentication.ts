import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  type ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';

/** Who may speak to the bot, and how it signs what it sends. */
export type Authentication = BotFrameworkAuthentication;

/** The app registration, as the environment names it. */
interface Registration {
  readonly MicrosoftAppId?: string | undefined;
  readonly MicrosoftAppPassword?: string | undefined;
  readonly MicrosoftAppTenantId?: string | undefined;
  readonly MicrosoftAppType: string;
}

/** Without an app id nobody is checked and nothing is signed: the bot then listens on loopback only. */
export function createAuthentication({
  MicrosoftAppId,
  MicrosoftAppPassword = '',
  MicrosoftAppTenantId = '',
  MicrosoftAppType,
}: Registration): Authentication {
  return new ConfigurationBotFrameworkAuthentication(
    MicrosoftAppId ? { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId, MicrosoftAppType } : {},
  );
}

/**
 * Authenticates as the framework does, but does not make two HTTP clients for every activity, which would take
 * longer than the answer: turns share one for each service URL, and the one for sign-ins, which nobody uses.
 */
export class SharedClients extends BotFrameworkAuthentication {
  private userTokenClient: Promise<UserTokenClient> | undefined;

  constructor(
    private readonly auth: BotFrameworkAuthentication,
    private readonly connectorFor: (serviceUrl: string) => Promise<ConnectorClient>,
  ) {
    super();
  }

  async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    const result = await this.auth.authenticateRequest(activity, authHeader);
    return { ...result, connectorFactory: { create: this.connectorFor } };
  }

  authenticateStreamingRequest(authHeader: string, channelId: string): Promise<AuthenticateRequestResult> {
    return this.auth.authenticateStreamingRequest(authHeader, channelId);
  }

  createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return this.auth.createConnectorFactory(identity);
  }

  createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.userTokenClient ??= this.auth.createUserTokenClient(identity);
    return this.userTokenClient;
  }
}
