import { ActivityTypes, type TurnContext } from 'botbuilder';

type Handle = (context: TurnContext) => Promise<void>;

/**
 * What runs a turn through the framework. Its application is loaded with the first message, because the framework's
 * dialogs that come with it would slow every start by a quarter of a second.
 */
export function createTurn(onMessage: Handle, onPresence: Handle): Handle {
  const load = async () => {
    const { Application } = await import('./application.js');
    const app = new Application({ removeRecipientMention: false });
    app.addRoute(async (c) => c.activity.type === ActivityTypes.Message, onMessage);
    app.addRoute(
      async (c) =>
        c.activity.type === ActivityTypes.ConversationUpdate ||
        c.activity.type === ActivityTypes.InstallationUpdate,
      onPresence,
    );
    return app;
  };
  let app: ReturnType<typeof load> | undefined;
  return async (context) => {
    app ??= load();
    await (await app).run(context);
  };
}
