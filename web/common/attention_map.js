// The attention weights of one head, or the mean of several: weight = values[query * keys + key] * scale.
class AttentionMap {
  constructor(queries, keys, values, scale) {
    Object.assign(this, { queries, keys, values, scale });
    let most = 0;
    for (const value of values) if (value > most) most = value;
    this.largest = most * scale;
  }

  static mean(maps) {
    const { queries, keys } = maps[0];
    const values = new Float32Array(queries * keys);
    for (const map of maps) {
      const share = map.scale / maps.length;
      for (let i = 0; i < values.length; ++i) values[i] += map.values[i] * share;
    }
    return new AttentionMap(queries, keys, values, 1);
  }

  at(query, key) {
    return this.values[query * this.keys + key] * this.scale;
  }

  // The keys that a query looks at most, strongest first.
  strongest(query, count) {
    const keys = Array.from({ length: this.keys }, (_, key) => key);
    return keys.sort((a, b) => this.at(query, b) - this.at(query, a)).slice(0, count);
  }
}
