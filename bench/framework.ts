import {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder';
import restify from 'restify';

/** What is compared with: bots as the framework's own samples write them, on its adapter and restify. */
const bots: Record<string, (context: TurnContext) => Promise<unknown>> = {
  echo: (context) => context.sendActivity(context.activity.text),
  invoke: (context) =>
    context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body: {} } }),
};
const bot = bots[process.argv[2] ?? ''];
if (!bot) throw new Error('say which: echo or invoke');

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (req, res) => {
  const { body, headers, method = '' } = req;
  await adapter.process({ body, headers, method }, res, async (context) => void (await bot(context)));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${server.address().port}` })}\n`);
});
