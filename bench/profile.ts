import { rmSync, mkdirSync } from 'node:fs';
import { channelChoice, submission } from './activities.js';
import { createLoad } from './load.js';
import { startServer } from './servers.js';
const dir = '.data/prof'; rmSync(dir, { recursive: true, force: true }); mkdirSync(dir, { recursive: true });
async function main() {
const connector = await startServer(['--import', 'tsx', 'bench/connector.ts']);
const flags = process.argv.includes('--prof') ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [];
const server = await startServer([...flags, process.argv[2] ?? 'dist/main.js'], { PORT: '0', DATA_FILE: `${dir}/r.json`, NODE_ENV: '' , ...(process.env.BENCH_TRACE ? {BENCH_TRACE:'1'}:{})});
const load = createLoad(server.address, 16);
await load.send(channelChoice(connector.address));
const n = Number(process.argv[3] ?? 2000);
for (let i = 0; i < 4; i++) {
  const cpu0 = process.cpuUsage();
  const m = await load.run(n, () => submission(connector.address, '2027-01-18'), (a) => { if (!a.includes('"mine.withdraw"')) throw new Error(a.slice(0, 600)); });
  const c = process.cpuUsage(cpu0);
  console.log(m, 'loader cpu ms', (c.user + c.system) / 1000 | 0);
}
load.close();
const s0 = performance.now();
if (process.argv.includes('--prof')) await server.stop(); else { const {readFileSync}=await import('node:fs'); await server.stop(); }
console.log('stop took', performance.now()-s0);
await connector.stop();
}
void main();
