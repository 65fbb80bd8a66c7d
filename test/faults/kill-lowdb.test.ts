import { fileGround } from './grounds.js';
import { testKilled } from './killed.js';

testKilled('lowdb', async ({ folder }) => fileGround(folder));
