import { person, type TestPerson } from '../support/bot.js';

/** Pseudo-random numbers that are the same for the same seed (mulberry32). */
export interface Chance {
  /** Between 0 and 1. */
  next(): number;
  /** Whether something with this probability happens. */
  hits(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A whole number between both, included. */
  between(from: number, to: number): number;
}

export function createChance(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    hits: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
  };
}

/** Somebody of the made-up company, and how they are with messages. */
export interface Employee extends TestPerson {
  readonly timeZone?: string;
  /** How often they offer or join something, 0 to 1. */
  readonly keen: number;
  /** Whether they answer questions at all. */
  readonly answers: boolean;
}

const firstNames = [
  'Ada',
  'Bilal',
  'Chloé',
  'Denis',
  'Elif',
  'Farid',
  'Gaëlle',
  'Hana',
  'Igor',
  'Jade',
  'Karim',
  'Lina',
];
const lastNames = [
  'Exemple',
  'Fictif',
  'Modèle',
  'Maquette',
  'Essai',
  'Gabarit',
  'Spécimen',
  'Prototype',
  'Témoin',
];

/** Letters that no two employees share: names with digits are no names. */
const letters = (n: number): string =>
  String.fromCharCode(65 + (n % 26)) + (n >= 26 ? letters(Math.floor(n / 26) - 1) : '');

/**
 * A company of invented employees. One in ten reads English, one in thirty lives far away, one in twelve never answers a
 * question.
 */
export const createCompany = (size: number, chance: Chance): Employee[] =>
  Array.from({ length: size }, (_, i) => {
    const name = `${firstNames[i % firstNames.length]} ${lastNames[i % lastNames.length]} ${letters(i)}`;
    const timeZone = i % 30 === 7 ? (i % 60 === 7 ? 'Asia/Tokyo' : 'America/Cayenne') : undefined;
    return {
      ...person(name, i % 10 === 3 ? 'en-GB' : 'fr-FR'),
      keen: chance.next() ** 2,
      answers: i % 12 !== 5,
      ...(timeZone ? { timeZone } : {}),
    };
  });

export const coordinators = [person('Hugo Coordination'), person('Carole Coordination')];
export const admin = person('Alma Administration');
