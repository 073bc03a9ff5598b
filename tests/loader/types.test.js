import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'

const read = path => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

/** The member names of each `{…}` of a declaration file. */
const blocksOf = source => {
  const text = source.replace(/\/\*[^]*?\*\/|'[^'\n]*'/g, '')
  const open = [], blocks = []
  for (const [part, name] of text.matchAll(/[{}]|\b(\w+)\??:/g)) {
    if (part === '{') open.push(new Set())
    else if (part === '}') blocks.push(open.pop())
    else open.at(-1)?.add(name)
  }
  return blocks
}

test('the types know every member that the packet may have', async () => {
  const { properties, $defs } = JSON.parse(await read('schema/handoff-packet.schema.json'))
  const blocks = blocksOf(await read('www/baton.d.ts') + await read('www/baton-packet.d.ts'))
  for (const [name, shape] of Object.entries({ packet: { properties }, ...$defs })) {
    const members = Object.keys(shape.properties || {})
    const misses = blocks.map(block => members.filter(member => !block.has(member))).sort((a, b) => a.length - b.length)[0]
    assert.deepEqual(misses, [], name)
  }
})
