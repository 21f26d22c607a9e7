import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPublicAddress } from '../../../src/runner/http/address-guard.ts';
import { isListedHost } from '../../../src/runner/http/host-rules.ts';

const REFUSED = [
  ...[
    '127.0.0.1',
    '127.1.2.3',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
  ],
  ...['100.64.0.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '192.0.2.1'],
  ...[
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ],
  ...['fe80::1%eth0', 'localhost', ''],
];

describe('an address', () => {
  for (const address of REFUSED) {
    it(`${address === '' ? 'that is empty' : address} is not public`, () =>
      assert.equal(isPublicAddress(address), false));
  }
  for (const address of ['8.8.8.8', '93.184.216.34', '172.32.0.1', '2606:4700::1111']) {
    it(`${address} is public`, () => assert.equal(isPublicAddress(address), true));
  }
});

describe('a list of hosts', () => {
  const table: [host: string, listed: boolean][] = [
    ['x.com', true],
    ['x.com.', true],
    ['www.x.com', false],
    ['cdn.example.com', true],
    ['a.b.example.com', true],
    ['example.com', true],
    ['badexample.com', false],
    ['example.com.evil.net', false],
  ];
  for (const [host, listed] of table) {
    it(`${listed ? 'takes' : 'refuses'} ${host}`, () =>
      assert.equal(isListedHost(host, ['x.com', '.Example.com']), listed));
  }
});
