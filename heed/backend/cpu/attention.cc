#include <algorithm>
#include <cmath>
#include <vector>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/cpu/scratch.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

namespace {

/// Multiplications that are worth waking a thread for.
constexpr Index worth_a_thread = 100'000;

/// Queries that look at the same keys together; the scores of more would not stay in the nearest cache.
constexpr Index queries_at_once = 8;

/// Sequences that look at the same keys and whose queries lie next to each other count as one: the keys are
/// arranged for vectors once.
struct Group {
  Segment queries, keys;
  bool causal;
};

template <class Wanted>
std::vector<Group> groups_of(const AttentionShape& shape, const Wanted& wanted) {
  std::vector<Group> groups;
  for (Index i = 0; i < shape.queries.size(); ++i) {
    if (!wanted(i)) continue;
    const Segment queries = shape.queries[i], keys = shape.keys[i];
    const bool causal = shape.causal && queries.length > 1;  // one query, the last, sees all
    if (!groups.empty() && !causal) {
      Group& last = groups.back();
      if (!last.causal && last.keys == keys && last.queries.start + last.queries.length == queries.start) {
        last.queries.length += queries.length;
        continue;
      }
    }
    if (queries.length > 0) groups.push_back({queries, keys, causal});
  }
  return groups;
}

/// Multiplications in all heads of keys of the groups before each, and of all.
std::vector<Index> costs_before(const std::vector<Group>& groups, Index heads, Index width) {
  std::vector<Index> before{0};
  before.reserve(groups.size() * static_cast<std::size_t>(heads) + 1);
  for (const Group& group : groups)
    for (Index head = 0; head < heads; ++head)
      before.push_back(before.back() + 2 * group.queries.length * group.keys.length * width / heads);
  return before;
}

/// Asks for a head's share of a sequence's rows. They are short and far apart: the processor does not see
/// ahead by itself which ones come next.
void fetch(const Tensor& x, const Segment& rows, Index head, Index heads) {
  const Index width = x.size(1), line = 16;
  for (Index r = rows.length * head / heads; r < rows.length * (head + 1) / heads; ++r)
    for (Index c = 0; c < width; c += line) __builtin_prefetch(row(x, rows.start + r) + c);
}

/// Heads of keys and how many heads of queries look at each.
struct Heads {
  explicit Heads(const AttentionShape& shape)
      : keys(shape.key_heads()), share(shape.heads / shape.key_heads()) {}
  Index keys, share;
};

/// A head of keys with the queries that look at it.
cpu::Attention head_of(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& y, const Group& group,
                       Index head, const Heads& heads) {
  const Index size = k.size(1) / heads.keys, column = head * size, query_column = column * heads.share;
  cpu::Attention a{.queries = group.queries.length,
                   .keys = group.keys.length,
                   .heads = heads.share,
                   .size = size,
                   .causal = group.causal};
  a.scale = 1 / std::sqrt(static_cast<float>(size));
  a.q = row(q, group.queries.start) + query_column;
  a.k = row(k, group.keys.start) + column;
  a.v = row(v, group.keys.start) + column;
  a.y = row(y, group.queries.start) + query_column;
  a.q_row = q.stride(0);
  a.k_row = k.stride(0);
  a.v_row = v.stride(0);
  a.y_row = y.stride(0);
  return a;
}

/// A number of queries, the first of them at a position of a sequence, which all see the same keys.
cpu::Queries queries_of(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& y,
                        const AttentionShape& shape, Index sequence, Index position, Index count) {
  const Segment queries = shape.queries[sequence], keys = shape.keys[sequence];
  const Index size = q.size(1) / shape.heads, after = shape.causal ? queries.length - 1 - position : 0;
  cpu::Queries some{.queries = count, .keys = keys.length - after, .heads = shape.heads, .size = size};
  some.scale = 1 / std::sqrt(static_cast<float>(size));
  some.q = row(q, queries.start + position);
  some.y = row(y, queries.start + position);
  some.q_row = q.stride(0);
  some.y_row = y.stride(0);
  some.k_row = k.stride(0);
  some.v_row = v.stride(0);
  if (shape.key_rows) {
    some.rows = shape.key_rows->data() + keys.start;
    some.k = k.data();
    some.v = v.data();
  } else {
    some.k = row(k, keys.start);
    some.v = row(v, keys.start);
  }
  return some;
}

/// The query heads that look at one head of keys, at most queries_at_once of them, as queries with one head.
cpu::Queries heads_as_queries(const cpu::Queries& all, Index key_head, Index first, Index last) {
  cpu::Queries some = all;
  some.queries = last - first;
  some.heads = 1;
  some.q += first * all.size;
  some.y += first * all.size;
  some.q_row = some.y_row = all.size;
  some.k += key_head * all.size;
  some.v += key_head * all.size;
  return some;
}

/// How many sequences from this one on, `end` at most, have one query each, one after the other, and look at
/// the same keys: the hypotheses of a sentence, which look at one encoded source.
Index alike(const AttentionShape& shape, Index sequence, Index end) {
  Index count = 1;
  while (count < queries_at_once && sequence + count < end &&
         shape.keys[sequence + count] == shape.keys[sequence] &&
         shape.queries[sequence + count] == Segment{shape.queries[sequence].start + count, 1})
    ++count;
  return count;
}

/// Whether each sequence starts where the one before has ended, or later.
bool apart(const Segments& segments) {
  Index end = 0;
  for (const auto& [start, length] : segments) {
    if (length > 0 && start < end) return false;
    end = std::max(end, start + length);
  }
  return true;
}

}  // namespace

void CpuBackend::attention(const Tensor& q, const Tensor& k, const Tensor& v, const AttentionShape& shape,
                           const Tensor& y) {
  // Whether a sequence has few queries depends on itself alone: so does, thus, every bit of its results.
  const Index few = kernels_.few_queries(q.size(1) / shape.heads);
  const Heads heads(shape);
  const auto has_few = [&](Index i) { return shape.key_rows || shape.queries[i].length <= few; };

  const std::vector<Group> groups = groups_of(shape, [&](Index i) { return !has_few(i); });
  if (!groups.empty()) {
    const std::vector<Index> before = costs_before(groups, heads.keys, q.size(1));
    parallel_by_cost(before, worth_a_thread, [&](Index begin, Index end) {
      for (Index item = begin; item < end; ++item) {
        const auto i = static_cast<std::size_t>(item / heads.keys);
        const Index number = item % heads.keys;
        if (i + 1 < groups.size()) {
          fetch(q, groups[i + 1].queries, number, heads.keys);
          for (const Tensor* x : {&k, &v}) fetch(*x, groups[i + 1].keys, number, heads.keys);
        }
        const cpu::Attention head = head_of(q, k, v, y, groups[i], number, heads);
        kernels_.attention(head, scratch(kernels_.attention_scratch(head)));
      }
    });
  }

  const Index sequences = shape.queries.size();
  Index cost = 0;
  for (Index i = 0; i < sequences; ++i)
    if (has_few(i)) cost += shape.queries[i].length * (2 * shape.keys[i].length * q.size(1) + 1);
  if (cost == 0) return;
  if (heads.share > 1) {
    const Index items = sequences * heads.keys;
    parallel_for(items, worth_a_thread / (cost / items + 1), [&](Index begin, Index end) {
      for (Index item = begin; item < end; ++item) {
        const Index i = item / heads.keys, head = item % heads.keys, last = (head + 1) * heads.share;
        const Index length = has_few(i) ? shape.queries[i].length : 0;
        for (Index position = 0; position < length; ++position) {
          const cpu::Queries all = queries_of(q, k, v, y, shape, i, position, 1);
          for (Index first = head * heads.share; first < last; first += queries_at_once) {
            const cpu::Queries some =
                heads_as_queries(all, head, first, std::min(last, first + queries_at_once));
            kernels_.queries(some, scratch(kernels_.queries_scratch(some)));
          }
        }
      }
    });
    return;
  }
  parallel_for(sequences, worth_a_thread / (cost / sequences + 1), [&](Index begin, Index end) {
    for (Index i = begin; i < end;) {
      const Index length = has_few(i) ? shape.queries[i].length : 0;
      const Index hypotheses = length == 1 ? alike(shape, i, end) : 1;
      for (Index position = 0; position < length;) {
        const Index count = length == 1    ? hypotheses
                            : shape.causal ? 1
                                           : std::min(queries_at_once, length - position);
        const cpu::Queries some = queries_of(q, k, v, y, shape, i, position, count);
        kernels_.queries(some, scratch(kernels_.queries_scratch(some)));
        position += count;
      }
      i += hypotheses;
    }
  });
}

void CpuBackend::attention_backward(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& y,
                                    const AttentionShape& shape, const Tensor& dy, const Destination& dq,
                                    const Destination& dk, const Destination& dv) {
  if (shape.key_rows) {
    ReferenceBackend::attention_backward(q, k, v, y, shape, dy, dq, dk, dv);  // decoding alone lists rows
    return;
  }
  const std::vector<Group> groups = groups_of(shape, [](Index) { return true; });
  const Heads shared(shape);
  const auto backward = [&](const Group& group, Index head) {
    cpu::AttentionBackward b{.forward = head_of(q, k, v, y, group, head, shared)};
    const Index column = head * b.forward.size, query_column = column * shared.share;
    b.dy = row(dy, group.queries.start) + query_column;
    b.dq = row(dq.tensor, group.queries.start) + query_column;
    b.dk = row(dk.tensor, group.keys.start) + column;
    b.dv = row(dv.tensor, group.keys.start) + column;
    b.dy_row = dy.stride(0);
    b.dq_row = dq.tensor.stride(0);
    b.dk_row = dk.tensor.stride(0);
    b.dv_row = dv.tensor.stride(0);
    b.adds_dq = dq.adds();
    b.adds_dk = dk.adds();
    b.adds_dv = dv.adds();
    kernels_.attention_backward(b, scratch(kernels_.attention_backward_scratch(b.forward)));
  };
  const std::vector<Index> before = costs_before(groups, shared.keys, q.size(1));
  // Sequences that share rows add to the same gradients: then threads share out the heads alone.
  const Index heads = shared.keys, count = std::ssize(groups);
  if (!apart(shape.keys) || !apart(shape.queries)) {
    parallel_for(heads, worth_a_thread * heads / (3 * before.back() + 1), [&](Index begin, Index end) {
      for (Index head = begin; head < end; ++head)
        for (const Group& group : groups) backward(group, head);
    });
    return;
  }
  parallel_by_cost(before, worth_a_thread / 3, [&](Index begin, Index end) {
    for (Index item = begin; item < end; ++item) {
      const Index group = item / heads, head = item % heads;
      if (group + 1 < count) {
        const Group& next = groups[static_cast<std::size_t>(group + 1)];
        for (const Tensor* x : {&q, &y, &dy, &dq.tensor}) fetch(*x, next.queries, head, heads);
        for (const Tensor* x : {&k, &v, &dk.tensor, &dv.tensor}) fetch(*x, next.keys, head, heads);
      }
      backward(groups[static_cast<std::size_t>(group)], head);
    }
  });
}

}  // namespace heed
