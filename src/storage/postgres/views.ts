import { placementKinds } from '../../domain/action.js';

/** Records that exist: those of an import do not before it is complete, see `hideUnfinishedImports`. */
const exists = (row: string): string => `(${row}.record->>'importId' is null
  or ${row}.record->>'importId' in (select id from imports where record->>'state' = 'added'))`;

const isPlacement = (kind: string): string =>
  `${kind} in (${placementKinds.map((one) => `'${one}'`).join(', ')})`;

/**
 * The programme years that actions are in, as `programmeYear` has them: counted as the file says, from the day of signature
 * that the records have, or else the file's.
 */
const years = `counting as materialized (
  select settings->>'yearMode' as mode, coalesce(
    (select record->'signature'->>'signedOn' from terms where id = 'convention'),
    settings->>'signedOn')::date as signed
  from report_settings),
years as materialized (
  select case mode
      when 'civil' then to_char(first_day, 'YYYY')
      when 'school' then to_char(first_day, 'YYYY') || '-' || to_char(next_day, 'YYYY')
      else to_char(first_day, 'YYYY-MM-DD') end as id,
    first_day, next_day - 1 as last_day
  from (
    select mode, starts[1] as first_day, starts[2] as next_day
    from counting,
      (select min(record->>'firstDay')::date as least, max(record->>'firstDay')::date as most from actions) as days,
      generate_series(extract(year from least)::int - 1, extract(year from most)::int) as n,
      lateral (select array_agg(case mode
          when 'civil' then make_date(start, 1, 1)
          when 'school' then make_date(start, 9, 1)
          else (signed + make_interval(years => start - extract(year from signed)::int))::date end
        order by start) as starts from generate_series(n, n + 1) as start) as both_starts
  ) as each_year)`;

/** A joined row `year`, the programme year of a day. */
const yearOf = (day: string): string =>
  `left join years as year on year.first_day <= ${day} and ${day} <= year.last_day`;

/** The events of article 4 as coordinators have changed them, in the order in which `eventOf` looks at them. */
const eventDays = `event_days as materialized (
  select event->>'id' as id, (event->'days'->>'firstDay')::date as first_day,
    (event->'days'->>'lastDay')::date as last_day,
    row_number() over (order by listed.n, changed.id collate "C") as n
  from (
    select event as listed_event, n, (event->>'id') || ':' || (event->>'year') as key
    from report_settings, jsonb_array_elements(settings->'events') with ordinality as list (event, n)) as listed
  full join events as changed on changed.id = listed.key
  cross join lateral (select coalesce(changed.record->'event', listed.listed_event) as event) as merged
  where event->'days' is not null and not coalesce((event->'aside')::boolean, false))`;

const actions = `
with ${years}, ${eventDays},
engaged as (
  select record->>'actionId' as action_id,
    bool_or(record->>'state' in ('approved', 'attended', 'absent')) as somebody,
    bool_or(record->>'state' = 'approved') as approved,
    count(distinct record->>'employeeId') filter (where record->>'state' = 'approved') as to_come,
    count(distinct record->>'employeeId') filter (where record->>'state' = 'attended') as came
  from engagements e where ${exists('e')} group by 1)
select
  (a.record->>'number')::int as action,
  year.id as year,
  decided.counts,
  case when decided.counts is not null then null
    when a.record->>'state' = 'cancelled' then 'cancelled'
    when a.record->>'state' = 'not-held' then 'nobody-engaged'
    when a.record ? 'halfDays' then 'availability'
    else 'undecided' end as why_not,
  a.record->>'state' as state,
  a.record->>'origin' as origin,
  a.record ? 'importId' as imported,
  facts.kind,
  case when facts.placement then 3 else 2 end as article,
  coalesce(a.record->>'level', 'unknown') as level,
  facts.first_day,
  facts.last_day,
  coalesce(a.record->>'event', case when not a.record ? 'halfDays' then (
    select event.id from event_days as event
    where event.first_day <= facts.first_day and facts.last_day <= event.last_day
    order by event.n limit 1) end, 'none') as event,
  coalesce(a.record->>'site', 'none') as site,
  a.for_report->>'region' as region,
  a.for_report->>'academie' as academie,
  a.for_report->>'departement' as departement,
  a.for_report->>'school' as school,
  a.for_report->>'schools' as schools,
  case decided.counts when 'held' then engaged.came when 'planned' then engaged.to_come else 0 end::int as employees,
  figures.pupils,
  case when facts.placement then figures.pupils else 0 end as hosted,
  figures.offered,
  case when decided.counts is null or not facts.placement then 0 else coalesce(
    (select sum((school->>'places')::int) from jsonb_array_elements(a.record->'filled') as school),
    least(figures.offered, figures.pupils)) end::int as filled,
  (a.for_report->>'presenceDays')::int as presence_days,
  (a.for_report->>'presenceDays')::int * figures.pupils as person_days,
  (a.record->>'places')::int as places,
  a.record->>'hosting' as hosting,
  (a.record->>'createdAt')::timestamptz as created_at,
  (a.record->'outcome'->>'at')::timestamptz as answered_at,
  (a.record->'corrected'->>'at')::timestamptz as corrected_at
from actions a
cross join lateral (
  select a.record->>'kind' as kind, ${isPlacement("a.record->>'kind'")} as placement,
    (a.record->>'firstDay')::date as first_day, (a.record->>'lastDay')::date as last_day) as facts
${yearOf('facts.first_day')}
left join engaged on engaged.action_id = a.id
cross join lateral (
  select case
    when a.record->>'state' = 'held' then 'held'
    when a.record->>'state' = 'open' and not a.record ? 'halfDays' and engaged.approved then 'planned'
    when a.record->>'state' = 'not-held' and engaged.somebody then 'not-held' end as counts) as decided
cross join lateral (
  select
    case when decided.counts = 'held' then coalesce((a.record->'outcome'->>'pupils')::int, 0) else 0 end as pupils,
    case when decided.counts is not null and facts.placement then coalesce((a.record->>'places')::int, 0)
      else 0 end as offered) as figures
where ${exists('a')}`;

const engagements = `
with ${years}
select
  (a.record->>'number')::int as action,
  year.id as year,
  encode(substr(sha256(convert_to(settings.salt || (e.record->>'employeeId'), 'UTF8')), 1, 16), 'hex') as employee,
  e.record->>'state' as state,
  case
    when a.record->>'state' = 'held' and e.record->>'state' = 'attended' then 'held'
    when a.record->>'state' = 'open' and not a.record ? 'halfDays' and e.record->>'state' = 'approved'
      then 'planned' end as counts,
  facts.first_day,
  (e.record->>'since')::timestamptz as since
from engagements e
join actions a on a.id = e.record->>'actionId'
cross join report_settings as settings
cross join lateral (select (a.record->>'firstDay')::date as first_day) as facts
${yearOf('facts.first_day')}
where ${exists('a')} and ${exists('e')}`;

/** The kinds that count for each commitment, with the days of each: amendments begin new ones (article 8). */
const commitments = `commitments as (
  select c->>'id' as id, c->>'measure' as measure, c
  from report_settings, jsonb_array_elements(settings->'commitments') as c),
amendments_signed as (
  select record->'change' as change, (record->>'from')::date as "from", (record->>'number')::int as number
  from amendments where record->>'state' = 'signed'),
targets as (
  select id, (t->>'from')::date as "from", 0 as number, n, (t->>'value')::int as target
  from commitments, jsonb_array_elements(c->'targets') with ordinality as list (t, n)
  union all
  select change->>'commitment', "from", number, 0, (change->>'target')::int
  from amendments_signed where change->'target' is not null),
kinds as (
  select id, kinds, "from", lead("from", 1, 'infinity') over (partition by id order by "from", number) as until
  from (
    select id, c->'kinds' as kinds, '-infinity'::date as "from", 0 as number from commitments
    union all
    select change->>'commitment', change->'kinds', "from", number from amendments_signed
    where change->'kinds' is not null) as changes),
counted as (
  select c.id, c.measure, a.year, a.action, a.counts, case c.measure
      when 'actions' then 1 when 'pupils' then a.pupils when 'places' then coalesce(a.places, 0) end as n
  from report_lines a
  join kinds k on k.kinds ? a.kind and k."from" <= a.first_day and a.first_day < k.until
  join commitments c on c.id = k.id),
sums as (
  select id, year, coalesce(sum(n) filter (where counts = 'held'), 0) as value,
    coalesce(sum(n) filter (where counts = 'planned'), 0) as planned
  from counted where measure <> 'employees' group by 1, 2
  union all
  select id, year, count(*) filter (where came), count(*) filter (where not came)
  from (
    select c.id, c.year, e.employee, bool_or(e.counts = 'held') as came
    from counted c join people e on e.action = c.action
    where c.measure = 'employees' group by 1, 2, 3) as mobilised
  group by 1, 2)`;

const year = `
with ${years},
report_lines as materialized (select * from report_actions where counts is not null),
people as materialized (
  select action, year, employee, counts from report_engagements where counts is not null),
${commitments},
totals as (
  select year,
    count(*) filter (where counts = 'held') as actions,
    count(*) filter (where counts = 'planned') as planned,
    sum(pupils) as pupils, sum(hosted) as hosted, sum(offered) as offered, sum(filled) as filled,
    sum(person_days) as person_days
  from report_lines group by 1),
counted_years as (
  select totals.*, year.first_day, year.last_day,
    (select count(distinct code) from report_lines as a, unnest(string_to_array(a.schools, ' ')) as code
      where a.year = totals.year and a.counts = 'held') as schools,
    (select count(distinct employee) from people as p
      where p.year = totals.year and p.counts = 'held') as employees
  from totals join years as year on year.id = totals.year),
versions as (
  select record, record->>'year' as year, (record->>'firstDay')::date as first_day,
    (record->>'version')::int as version, record ? 'reopened' as reopened,
    row_number() over (partition by record->>'year' order by (record->>'version')::int desc) = 1
      and not record ? 'reopened' as holds
  from closings)
select y.year, y.first_day, y.last_day, 'today' as source, null::int as version,
  not exists (select from versions where versions.year = y.year and holds) as holds,
  now() as counted_at, figures.commitment, figures.measure, figures.value::int, figures.planned::int,
  figures.target::int
from counted_years y
cross join lateral (
  select null as commitment, measure, value, null::bigint as planned, null::int as target
  from (values ('actions', actions), ('planned', planned), ('pupils', pupils), ('hosted', hosted),
    ('schools', schools), ('employees', employees), ('offered', offered), ('filled', filled),
    ('person_days', person_days)) as listed (measure, value)
  union all
  select c.id, c.measure, coalesce(s.value, 0), coalesce(s.planned, 0), (
    select target from targets where targets.id = c.id and targets."from" <= y.last_day
    order by "from" desc, number desc, n desc limit 1)
  from commitments c left join sums s on s.id = c.id and s.year = y.year) as figures
union all
select v.year, v.first_day, (v.first_day + interval '1 year')::date - 1,
  case when v.reopened then 'reopened' else 'closed' end, v.version, v.holds,
  (v.record->>'at')::timestamptz, figures.*
from versions v
cross join lateral (
  select null as commitment, case name when 'personDays' then 'person_days' else name end as measure,
    value::int, null::int as planned, null::int as target
  from jsonb_each_text(v.record->'total') as total (name, value)
  union all
  select result->'commitment'->>'id', result->'commitment'->>'measure', (result->>'achieved')::int,
    (result->>'planned')::int, (result->>'target')::int
  from jsonb_array_elements(v.record->'commitments') as result) as figures`;

/** The views that analysts read, in the order in which they depend on each other. */
export const reportViews: readonly { readonly name: string; readonly query: string }[] = [
  { name: 'report_actions', query: actions },
  { name: 'report_engagements', query: engagements },
  { name: 'report_year', query: year },
];
