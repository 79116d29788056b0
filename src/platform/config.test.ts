import { isAbsolute, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, settingsExplained, WrongSetting } from './config.ts';

describe('the settings of an installation', () => {
  it('have a default each, so that it starts with none', () => {
    expect(readConfig({}, {})).toEqual({
      data: resolve('data'),
      databaseUrl: undefined,
      host: undefined,
      port: 3000,
      origin: undefined,
      smtpUrl: undefined,
      mailFrom: 'Concord <no-reply@localhost>',
      log: 'normal',
    });
  });

  it('are as they were given; an empty one is none', () => {
    const config = readConfig(
      {},
      {
        CONCORD_DATA: 'elsewhere/records',
        DATABASE_URL: 'postgres://maker@db.example/concord',
        HOST: '::1',
        PORT: '0',
        CONCORD_ORIGIN: 'https://safety.example.gov.uk/',
        SMTP_URL: 'smtps://name:word@mail.example',
        MAIL_FROM: 'Safer Haverness <safer@example.gov.uk>',
        CONCORD_LOG: 'quiet',
        SOMETHING_ELSE: 'x',
      },
    );
    expect(config).toEqual({
      data: resolve('elsewhere/records'),
      databaseUrl: 'postgres://maker@db.example/concord',
      host: '::1',
      port: 0,
      origin: 'https://safety.example.gov.uk',
      smtpUrl: 'smtps://name:word@mail.example',
      mailFrom: 'Safer Haverness <safer@example.gov.uk>',
      log: 'quiet',
    });
    const names = [
      'CONCORD_DATA',
      'DATABASE_URL',
      'HOST',
      'PORT',
      'CONCORD_ORIGIN',
      'SMTP_URL',
      'MAIL_FROM',
      'CONCORD_LOG',
    ];
    expect(readConfig({}, Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readConfig({}, {}));
  });

  it('give way to the data folder that a command names', () => {
    const { data } = readConfig({ data: 'named' }, { CONCORD_DATA: 'of-the-environment' });
    expect(data).toBe(resolve('named'));
    expect(isAbsolute(data)).toBe(true);
    expect(readConfig({ data: undefined }, { CONCORD_DATA: 'of-the-environment' }).data).toBe(
      resolve('of-the-environment'),
    );
  });

  it.each([
    { PORT: 'three' },
    { PORT: '-1' },
    { PORT: '65536' },
    { PORT: '80.5' },
    { PORT: ' ' },
    { PORT: '0x50' },
    { PORT: '1e3' },
    { CONCORD_ORIGIN: 'safety.example.gov.uk' },
    { CONCORD_ORIGIN: 'ftp://safety.example.gov.uk' },
    { CONCORD_ORIGIN: 'javascript:alert(1)' },
    { CONCORD_LOG: 'loud' },
  ] as Record<string, string>[])('that are wrong are named: %j', (environment) => {
    const [name = ''] = Object.keys(environment);
    expect(() => readConfig({}, environment)).toThrow(WrongSetting);
    expect(() => readConfig({}, environment)).toThrow(new RegExp(`^The setting ${name} is wrong: `));
  });

  it('do not change afterwards', () => {
    expect(Object.isFrozen(readConfig({}, {}))).toBe(true);
  });

  it('are explained, each with what it means', () => {
    expect(settingsExplained.length).toBeGreaterThan(7);
    for (const { name, meaning } of settingsExplained) {
      expect(name).toMatch(/^[A-Z_]+$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/s);
    }
    expect(settingsExplained.find(({ name }) => name === 'PORT')?.default).toBe('3000');
  });
});
