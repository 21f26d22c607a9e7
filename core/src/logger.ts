import type { Logger } from 'pino';
import { pino } from 'pino';
import type { Config } from './config.ts';

/** Structured logs; readable ones on a terminal. Secrets of requests never get in. */
export function createLogger(config: Pick<Config, 'logLevel'>): Logger {
  return pino({
    level: config.logLevel,
    redact: {
      paths: ['req.headers.authorization', 'req.headers.cookie', 'password', 'cookies', 'token'],
      remove: true,
    },
    ...(process.stdout.isTTY && {
      transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' } },
    }),
  });
}
