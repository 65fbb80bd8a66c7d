// What one would write first: botbuilder, and a transaction of PostgreSQL for each offer, with the records that an
// offer of Passerelle's stores.
import { randomUUID } from 'node:crypto';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import pg from 'pg';
import restify from 'restify';
import { sayAddress } from './listen.mjs';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
const tables = ['actions', 'engagements', 'history', 'outbox'];
await pool.query(
  [
    ...tables.map((name) => `create table ${name} (id text primary key, record jsonb not null)`),
    'create index on engagements ((record ->> $$employeeId$$))',
    'create index on history ((record ->> $$actionId$$))',
    'create index on outbox ((record ->> $$state$$))',
    'create table counters (id text primary key, value int not null)',
    "insert into counters values ('requests', 0)",
    'create table people (id text primary key, record jsonb not null)',
  ].join(';'),
);

async function store(from, offer) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const person = await client.query('select record from people where id = $1', [from.id]);
    if (person.rows.length === 0)
      await client.query('insert into people values ($1, $2) on conflict do nothing', [from.id, from]);
    const key = offer.formKey ?? randomUUID();
    const sent = await client.query('select record from history where id = $1', [key]);
    if (sent.rows.length > 0) throw new Error('this form was sent before');
    const { rows } = await client.query(
      "update counters set value = value + 1 where id = 'requests' returning value",
    );
    const id = randomUUID();
    const at = new Date().toISOString();
    const action = { id, number: rows[0].value, state: 'open', createdBy: from.id, createdAt: at, ...offer };
    const add = (table, record) => client.query(`insert into ${table} values ($1, $2)`, [record.id, record]);
    await add('actions', action);
    await add('engagements', {
      id: `${id}:1`,
      actionId: id,
      employeeId: from.id,
      state: 'pending',
      since: at,
    });
    await add('history', {
      id: key,
      actionId: id,
      move: 'send',
      from: 'none',
      to: 'pending',
      by: from.id,
      at,
    });
    await add('outbox', {
      id: `post:${id}`,
      state: 'due',
      actionId: id,
      message: 'approval.request',
      dueAt: at,
    });
    await client.query('commit');
    return id;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (req, res) =>
  adapter.process(req, res, async (context) => {
    const { from, value: clicked } = context.activity;
    const id = await store(from, clicked.action.data);
    const card = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: `stored ${id}` }],
    };
    const value = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: value } });
  }),
);
server.listen(0, '127.0.0.1', () => sayAddress(server));
