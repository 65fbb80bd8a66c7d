import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * prom-client measures the event loop's delay with a timer that would wake an idle bot every 10 ms, and that bot does
 * little else (`npm run bench -- idle`). The timer gets the longest possible interval, and the metrics that it would
 * fill are left out.
 */
const neverMs = 2 ** 31 - 1;
const filledByTimer = /^nodejs_eventloop_lag_(?!seconds)/;

/**
 * The metrics served by `/metrics`.
 * @param certificateEnd when the certificate of the app ends, if it has one, in milliseconds since 1970
 */
export function createMetrics(certificateEnd?: () => number) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: neverMs });
  for (const { name } of registry.getMetricsAsArray()) {
    if (filledByTimer.test(name)) registry.removeSingleMetric(name);
  }
  let since = performance.eventLoopUtilization();
  new Gauge({
    name: 'nodejs_eventloop_utilization',
    help: 'How much of the time the event loop was busy since this was last asked, 0 to 1',
    registers: [registry],
    collect() {
      const until = performance.eventLoopUtilization();
      this.set(performance.eventLoopUtilization(until, since).utilization);
      since = until;
    },
  });
  if (certificateEnd)
    new Gauge({
      name: 'passerelle_certificate_end_seconds',
      help: 'When the certificate of the app ends, in seconds since 1970',
      registers: [registry],
      collect() {
        this.set(certificateEnd() / 1_000);
      },
    });
  return {
    registry,
    turns: new Histogram({
      name: 'passerelle_turn_seconds',
      help: 'Time to answer one activity',
      labelNames: ['type', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 3, 5],
      registers: [registry],
    }),
    sent: new Counter({
      name: 'passerelle_sent_total',
      help: 'Attempts to send a message, by what came of it',
      labelNames: ['outcome', 'op'],
      registers: [registry],
    }),
    sentences: new Counter({
      name: 'passerelle_model_sentences_total',
      help: 'Sentences that the rules did not understand, by what came of asking a language model',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    feedback: new Counter({
      name: 'passerelle_model_feedback_total',
      help: 'Whether people found an answer of a language model helpful',
      labelNames: ['reaction'],
      registers: [registry],
    }),
  };
}
