// What the sensors' second part does with the loader's rings.

/** Takes a record out. */
export const forget = (ring, record) => {
  const at = ring.list.findLastIndex(([one]) => one === record)
  if (at >= 0) ring.used -= ring.list.splice(at, 1)[0][1]
}
