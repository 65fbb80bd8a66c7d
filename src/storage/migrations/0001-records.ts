/**
 * A table for each kind of record. The record is `json` and not `jsonb`, which would sort its keys and drop what
 * makes two texts of one value differ: callers compare the JSON they stored. For each index that ports.ts declares
 * there is the partition and the sort key of the record, filled by the store and null for a record that is not in it.
 */
const tables = `
create table people (
  id text collate "C" primary key,
  record json not null,
  by_conversation_partition text collate "C",
  by_conversation_sort text collate "C",
  by_teams_id_partition text collate "C",
  by_teams_id_sort text collate "C"
);
create index people_by_conversation on people (by_conversation_partition, by_conversation_sort, id);
create index people_by_teams_id on people (by_teams_id_partition, by_teams_id_sort, id);

create table conversations (
  id text collate "C" primary key,
  record json not null,
  by_team_partition text collate "C",
  by_team_sort text collate "C"
);
create index conversations_by_team on conversations (by_team_partition, by_team_sort, id);

create table actions (
  id text collate "C" primary key,
  record json not null,
  by_state_and_origin_partition text collate "C",
  by_state_and_origin_sort text collate "C",
  by_state_partition text collate "C",
  by_state_sort text collate "C"
);
create index actions_by_state_and_origin
  on actions (by_state_and_origin_partition, by_state_and_origin_sort, id);
create index actions_by_state on actions (by_state_partition, by_state_sort, id);

create table engagements (
  id text collate "C" primary key,
  record json not null,
  by_employee_partition text collate "C",
  by_employee_sort text collate "C",
  by_action_partition text collate "C",
  by_action_sort text collate "C",
  by_state_partition text collate "C",
  by_state_sort text collate "C"
);
create index engagements_by_employee on engagements (by_employee_partition, by_employee_sort, id);
create index engagements_by_action on engagements (by_action_partition, by_action_sort, id);
create index engagements_by_state on engagements (by_state_partition, by_state_sort, id);

create table history (
  id text collate "C" primary key,
  record json not null,
  by_action_partition text collate "C",
  by_action_sort text collate "C",
  by_month_partition text collate "C",
  by_month_sort text collate "C"
);
create index history_by_action on history (by_action_partition, by_action_sort, id);
create index history_by_month on history (by_month_partition, by_month_sort, id);

create table posts (
  id text collate "C" primary key,
  record json not null,
  by_action_partition text collate "C",
  by_action_sort text collate "C"
);
create index posts_by_action on posts (by_action_partition, by_action_sort, id);

create table outbox (
  id text collate "C" primary key,
  record json not null,
  by_state_partition text collate "C",
  by_state_sort text collate "C",
  by_end_partition text collate "C",
  by_end_sort text collate "C"
);
create index outbox_by_end on outbox (by_end_partition, by_end_sort, id);
create index outbox_by_state on outbox (by_state_partition, by_state_sort, id);

create table channels (id text collate "C" primary key, record json not null);
create table leases (id text collate "C" primary key, record json not null);
create table jobs (id text collate "C" primary key, record json not null);
create table mobilised (id text collate "C" primary key, record json not null);

-- One row each, changed by nearly every transaction: with room beside them, old versions are cleared on the way.
create table counters (id text collate "C" primary key, record json not null) with (fillfactor = 50);
create table tallies (id text collate "C" primary key, record json not null) with (fillfactor = 50);
`;

/**
 * What each commit changed, by name, so that the caches of all instances can follow. The last row is always kept: an
 * instance that no longer finds the row it read last knows that it has lost its place.
 */
const log = `
create table commits (
  seq bigint primary key,
  id text collate "C" not null unique,
  changed json not null,
  at timestamptz not null default now()
);
insert into commits (seq, id, changed) values (0, gen_random_uuid()::text, '[]');
`;

export const records = { version: 1, name: 'records', sql: `${tables}\n${log}` };
