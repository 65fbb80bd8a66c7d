import { type Activity, CloudAdapter, type TurnContext } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  BotFrameworkAuthentication,
  type ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { identityOf } from './connectors.js';
import { type Incoming, incomingKey } from './incoming.js';

interface TurnOptions {
  readonly outgoing: BotFrameworkAuthentication;
  readonly connectorFor: (serviceUrl: string) => Promise<ConnectorClient>;
  readonly appId: string;
}

/** Runs the framework's turn of an accepted activity. */
export type RunTurn = (activity: Incoming, logic: (context: TurnContext) => Promise<void>) => Promise<void>;

/**
 * Runs the framework without its own authentication: it gets only what the door has read of an activity, from an
 * authenticated sender.
 */
export function createTurnRunner({ outgoing, connectorFor, appId }: TurnOptions): RunTurn {
  const adapter = new Adapter(new SharedClients(outgoing));
  const sender: AuthenticateRequestResult = {
    audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
    claimsIdentity: identityOf(appId),
    connectorFactory: { create: connectorFor },
  };
  return (activity, logic) =>
    adapter.run(sender, activity, (context) => {
      context.turnState.set(incomingKey, activity);
      return logic(context);
    });
}

/** Runs the framework's turn without its own responses, which show error messages to the caller. */
class Adapter extends CloudAdapter {
  async run(
    sender: AuthenticateRequestResult,
    activity: Incoming,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    await this.processActivity(sender, { ...activity } as unknown as Activity, logic);
  }
}

/**
 * Does not create an HTTP client for every activity, which would take longer than the response: turns share the one
 * for sign-ins, which is never used.
 */
class SharedClients extends BotFrameworkAuthentication {
  private userTokenClient: Promise<UserTokenClient> | undefined;

  constructor(private readonly outgoing: BotFrameworkAuthentication) {
    super();
  }

  authenticateRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Error('activities are authenticated at the door'));
  }

  authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Error('there is no streaming'));
  }

  createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return this.outgoing.createConnectorFactory(identity);
  }

  createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.userTokenClient ??= this.outgoing.createUserTokenClient(identity);
    return this.userTokenClient;
  }
}
