import { type School, schoolLabel } from '../src/domain/schools/school.js';
import { createSchoolIndex } from '../src/domain/schools/search.js';
import { manySchools } from '../test/support/schools.js';
import { machine } from './contest.js';

/** What a person types for a school, letter by letter, as a search that answers while they type is asked. */
function typedFor({ name, town, postcode }: School, i: number): string[] {
  const last = name.split(' ').slice(-2).join(' ');
  const whole = [
    `${last} ${town}`,
    `clg ${last.toLowerCase()} ${postcode}`,
    `${last.charAt(0)}. ${last.split(' ').at(-1)} ${town}`,
    // A letter left out.
    `${last.slice(0, 3)}${last.slice(4)} ${town}`,
    name,
  ][i % 5] as string;
  return Array.from({ length: whole.length }, (_, n) => whole.slice(0, n + 1));
}

const at = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
const show = (ms: number) => `${ms.toFixed(2)} ms`;
const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** How long a search takes among as many schools as France has: `npm run bench -- schools [schools] [rounds]`. */
export async function main(args: readonly string[]): Promise<void> {
  const [count = 15_000, rounds = 5] = args.map(Number);
  const schools = manySchools(count);
  const searched = schools.filter((_, i) => i % Math.ceil(count / 150) === 0);
  const queries = [
    ...'abcdefghijklmnopqrstuvwxyz0123456789',
    ...searched.flatMap(typedFor),
    ...searched.map((s) => s.uai),
    ...searched.map(schoolLabel),
  ];

  const builds = Array.from({ length: rounds }, () => timed(() => createSchoolIndex(schools)));
  const index = createSchoolIndex(schools);
  for (const query of queries) index.search(query);
  const times = Array.from({ length: rounds }, () => queries.map((query) => timed(() => index.search(query))))
    .flat()
    .sort((a, b) => a - b);

  console.log(machine());
  console.log(`${count} schools, ${queries.length} queries, ${rounds} rounds`);
  console.log(
    `index built in ${show(
      at(
        builds.sort((a, b) => a - b),
        0.5,
      ),
    )}`,
  );
  console.log(`p50 ${show(at(times, 0.5))}, p99 ${show(at(times, 0.99))}, slowest ${show(at(times, 1))}`);
}
