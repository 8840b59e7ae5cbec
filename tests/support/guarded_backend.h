#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "heed/backend/reference/reference_backend.h"

namespace heed {

/// Memory that cannot be accessed unless somebody has opened it.
class GuardedPages {
 public:
  explicit GuardedPages(std::size_t bytes) {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    bytes_ = (bytes / page + 1) * page;
    void* mapped = ::mmap(nullptr, bytes_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    data_ = static_cast<std::byte*>(mapped);
  }
  GuardedPages(const GuardedPages&) = delete;
  GuardedPages& operator=(const GuardedPages&) = delete;
  ~GuardedPages() { ::munmap(data_, bytes_); }

  std::byte* data() const { return data_; }
  bool holds(const std::byte* address) const { return address >= data_ && address < data_ + bytes_; }

  void open() {
    const std::lock_guard lock(mutex_);
    if (users_++ == 0) ::mprotect(data_, bytes_, PROT_READ | PROT_WRITE);
  }
  void close() {
    const std::lock_guard lock(mutex_);
    if (--users_ == 0) ::mprotect(data_, bytes_, PROT_NONE);
  }

 private:
  std::byte* data_;
  std::size_t bytes_;
  std::mutex mutex_;
  int users_ = 0;
};

/// The reference kernels on memory that only they can access, as that of a device is: a kernel opens its
/// operands alone, and reading or writing a tensor anywhere else ends the program with SIGSEGV. An operand
/// that lies elsewhere, in the host's memory, is an error.
class GuardedBackend final : public Backend {
 private:
  using Pages = std::shared_ptr<GuardedPages>;

  /// The pages of some tensors, which may be accessed for as long as it lives.
  class Opened {
   public:
    template <class... Operands>
    explicit Opened(GuardedBackend& backend, const Operands&... operands) : backend_(backend) {
      (add(operands), ...);
      for (const Pages& pages : all_) pages->open();
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    ~Opened() {
      for (const Pages& pages : all_) pages->close();
    }

   private:
    void add(const Tensor& x) {
      if (x) all_.push_back(backend_.pages_of(x));
    }
    void add(const Destination& x) { add(x.tensor); }
    void add(const Normalization& norm) {
      add(norm.gain);
      add(norm.bias);
    }
    void add(const RecurrentStep& s) {
      for (const Tensor* x :
           {&s.input, &s.recurrent, &s.gates, &s.before, &s.y, &s.cell_state, &s.next_cell_state})
        add(*x);
    }
    void add(const PointerGenerator& x) {
      for (const Tensor* one : {&x.logits, &x.gates, &x.q, &x.k}) add(*one);
    }
    void add(const PointerGeneratorGradients& x) {
      for (const Destination* one : {&x.logits, &x.gates, &x.q, &x.k}) add(*one);
    }
    void add(const AdamTensors& x) {
      for (const Tensor* one : {&x.parameter, &x.gradient, &x.mean, &x.variance}) add(*one);
    }
    template <class T>
    void add(std::span<const T> several) {
      for (const T& x : several) add(x);
    }
    // What is no tensor.
    void add(float) {}
    void add(Activation) {}
    void add(Direction) {}
    void add(const Rotary&) {}
    void add(const Dropout&) {}
    void add(const AttentionShape&) {}
    void add(const IndexList&) {}
    void add(const Segments&) {}
    void add(const AdamStep&) {}

    GuardedBackend& backend_;
    std::vector<Pages> all_;
  };

  /// The reference's kernel with these operands.
  template <auto kernel, class... Operands>
  auto run(const Operands&... operands) {
    const Opened open(*this, operands...);
    return (static_cast<Backend&>(inner_).*kernel)(operands...);
  }

 public:
  class ForeignTensor : public Error {
   public:
    using Error::Error;
  };

  std::string_view name() const override { return "guarded"; }

  Tensor empty(const Shape& shape, DataType type = DataType::float32) override {
    return Tensor(allocated(static_cast<std::size_t>(shape.count() * size_of(type))), shape, type);
  }
  void fill(const Tensor& x, float value) override {
    const Opened open(*this, x);
    host_memory().fill(x, value);
  }
  Tensor to_host(const Tensor& x) override {
    const Opened open(*this, x);
    return x.clone();
  }
  Tensor from_host(const Tensor& host) override {
    const Tensor copied = empty(host.shape(), host.type());
    write(host, copied);
    return copied;
  }
  void write(const Tensor& host, const Tensor& to) override {
    const Opened open(*this, to);
    to.copy_elements_of(host);
  }
  void copy(const Tensor& from, const Tensor& to) override { run<&Backend::copy>(from, to); }

  Tensor prepack(const Tensor& weight, DataType type) override {
    const Opened open(*this, weight);
    return moved_in(inner_.prepack(weight, type));
  }
  Tensor prepack_for_pass(const Tensor& weight, Direction direction) override {
    const Opened open(*this, weight);
    return moved_in(inner_.prepack_for_pass(weight, direction));
  }

  void linear(const Tensor& x, const Tensor& weight, const Tensor& bias, Activation activation,
              const Tensor& y) override {
    run<&Backend::linear>(x, weight, bias, activation, y);
  }
  void linear_backward_input(const Tensor& dy, const Tensor& weight, const Destination& dx) override {
    run<&Backend::linear_backward_input>(dy, weight, dx);
  }
  void linear_backward_weight(const Tensor& dy, const Tensor& x, const Destination& dweight,
                              const Destination& dbias) override {
    run<&Backend::linear_backward_weight>(dy, x, dweight, dbias);
  }

  void attention(const Tensor& q, const Tensor& k, const Tensor& v, const AttentionShape& shape,
                 const Tensor& y) override {
    run<&Backend::attention>(q, k, v, shape, y);
  }
  void attention_backward(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& y,
                          const AttentionShape& shape, const Tensor& dy, const Destination& dq,
                          const Destination& dk, const Destination& dv) override {
    run<&Backend::attention_backward>(q, k, v, y, shape, dy, dq, dk, dv);
  }
  void attention_weights(const Tensor& q, const Tensor& k, const AttentionShape& shape,
                         const Tensor& weights) override {
    run<&Backend::attention_weights>(q, k, shape, weights);
  }

  void rotate(const Tensor& x, const PositionList& positions, const Rotary& rotary,
              Direction direction) override {
    run<&Backend::rotate>(x, positions, rotary, direction);
  }

  void normalize(const Tensor& x, const Normalization& norm, const Tensor& y) override {
    run<&Backend::normalize>(x, norm, y);
  }
  void normalize_backward(const Tensor& x, const Normalization& norm, const Tensor& dy, const Destination& dx,
                          const Destination& dgain, const Destination& dbias) override {
    run<&Backend::normalize_backward>(x, norm, dy, dx, dgain, dbias);
  }
  void add_normalize(const Tensor& a, const Tensor& b, const Dropout& dropout, const Normalization& norm,
                     const Tensor& sum, const Tensor& y) override {
    run<&Backend::add_normalize>(a, b, dropout, norm, sum, y);
  }
  void add_normalize_backward(const Tensor& sum, const Normalization& norm, const Tensor& dy,
                              const Dropout& dropout, const Destination& db, const Destination& dgain,
                              const Destination& dbias) override {
    run<&Backend::add_normalize_backward>(sum, norm, dy, dropout, db, dgain, dbias);
  }

  void recurrent_step(const RecurrentStep& step) override { run<&Backend::recurrent_step>(step); }
  void recurrent_step_backward(const RecurrentStep& step, const Tensor& dy, const Tensor& dcell_state,
                               const Tensor& dbefore) override {
    run<&Backend::recurrent_step_backward>(step, dy, dcell_state, dbefore);
  }

  void embed(const IndexList& tokens, const IndexList& positions, const Tensor& table,
             const Tensor& position_table, float scale, const Dropout& dropout, const Tensor& y) override {
    run<&Backend::embed>(tokens, positions, table, position_table, scale, dropout, y);
  }
  void embed_backward(const IndexList& tokens, float scale, const Dropout& dropout, const Tensor& dy,
                      const Tensor& dtable) override {
    run<&Backend::embed_backward>(tokens, scale, dropout, dy, dtable);
  }

  void activate(Activation activation, const Tensor& x, const Tensor& y) override {
    run<&Backend::activate>(activation, x, y);
  }
  void activate_backward(Activation activation, const Tensor& x, const Tensor& dy,
                         const Destination& dx) override {
    run<&Backend::activate_backward>(activation, x, dy, dx);
  }
  void relu_backward(const Tensor& y, const Tensor& dy, float factor, const Destination& dx) override {
    run<&Backend::relu_backward>(y, dy, factor, dx);
  }
  void add(const Tensor& a, const Tensor& b, const Dropout& dropout, const Tensor& y) override {
    run<&Backend::add>(a, b, dropout, y);
  }
  void accumulate(const Tensor& from, float factor, const Dropout& dropout,
                  const Destination& into) override {
    run<&Backend::accumulate>(from, factor, dropout, into);
  }
  void multiply(const Tensor& a, const Tensor& b, const Tensor& y) override {
    run<&Backend::multiply>(a, b, y);
  }
  void accumulate_product(const Tensor& a, const Tensor& b, const Destination& into) override {
    run<&Backend::accumulate_product>(a, b, into);
  }
  void copy_rows(const Tensor& from, const IndexList& from_rows, const Tensor& to,
                 const IndexList& to_rows) override {
    run<&Backend::copy_rows>(from, from_rows, to, to_rows);
  }

  void softmax(const Tensor& x, const Tensor& y) override { run<&Backend::softmax>(x, y); }
  void softmax_backward(const Tensor& y, const Tensor& dy, const Destination& dx) override {
    run<&Backend::softmax_backward>(y, dy, dx);
  }
  void log_softmax(const Tensor& x, const Tensor& y) override { run<&Backend::log_softmax>(x, y); }
  void pointer_generator(const PointerGenerator& operands, const Tensor& y) override {
    run<&Backend::pointer_generator>(operands, y);
  }
  void pointer_generator_backward(const PointerGenerator& operands, const Tensor& y, const Tensor& dy,
                                  const PointerGeneratorGradients& gradients) override {
    run<&Backend::pointer_generator_backward>(operands, y, dy, gradients);
  }
  void cross_entropy(const Tensor& logits, const IndexList& targets, float smoothing, const Tensor& losses,
                     const Tensor& dlogits) override {
    run<&Backend::cross_entropy>(logits, targets, smoothing, losses, dlogits);
  }
  void top_log_probabilities(const Tensor& logits, const Tensor& values, const Tensor& columns) override {
    run<&Backend::top_log_probabilities>(logits, values, columns);
  }
  void linear_top_log_probabilities(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                    const Tensor& values, const Tensor& columns) override {
    run<&Backend::linear_top_log_probabilities>(x, weight, bias, values, columns);
  }

  void max_over_rows(const Tensor& x, const Segments& sequences, const Tensor& y,
                     const Tensor& winners) override {
    run<&Backend::max_over_rows>(x, sequences, y, winners);
  }
  void max_over_rows_backward(const Tensor& winners, const Tensor& dy, const Tensor& dx) override {
    run<&Backend::max_over_rows_backward>(winners, dy, dx);
  }
  void mean_over_rows(const Tensor& x, const Segments& sequences, const Tensor& y) override {
    run<&Backend::mean_over_rows>(x, sequences, y);
  }
  void mean_over_rows_backward(const Segments& sequences, const Tensor& dy, const Tensor& dx) override {
    run<&Backend::mean_over_rows_backward>(sequences, dy, dx);
  }
  void sum(const Tensor& x, const Tensor& total) override { run<&Backend::sum>(x, total); }

  void adam(std::span<const AdamTensors> parameters, const AdamStep& step) override {
    run<&Backend::adam>(parameters, step);
  }
  void average_into(const Tensor& from, float weight, const Tensor& into) override {
    run<&Backend::average_into>(from, weight, into);
  }
  double squared_norm(std::span<const Tensor> all) override { return run<&Backend::squared_norm>(all); }

 private:
  std::shared_ptr<Storage> allocated(std::size_t bytes) {
    // Before the addresses are free for others, the pages are known no more.
    const auto forget = [all = all_](GuardedPages* gone) {
      {
        const std::lock_guard lock(all->mutex);
        all->by_address.erase(gone->data());
      }
      delete gone;
    };
    const Pages pages(new GuardedPages(bytes), forget);
    const std::lock_guard lock(all_->mutex);
    all_->by_address[pages->data()] = pages;
    return Storage::borrowed(pages->data(), bytes, pages);
  }

  static const std::byte* address_of(const Tensor& x) {
    if (x.layout() != Layout::rows) return x.prepacked_data();
    switch (x.type()) {
      case DataType::float32:
        return reinterpret_cast<const std::byte*>(x.data());
      case DataType::bfloat16:
        return reinterpret_cast<const std::byte*>(x.data<BFloat16>());
      case DataType::int32:
        return reinterpret_cast<const std::byte*>(x.data<std::int32_t>());
      case DataType::int8:
        return reinterpret_cast<const std::byte*>(x.data<std::int8_t>());
    }
    return nullptr;
  }

  Pages pages_of(const Tensor& x) {
    const std::byte* address = address_of(x);
    const std::lock_guard lock(all_->mutex);
    const auto next = all_->by_address.upper_bound(address);
    if (next != all_->by_address.begin())
      if (Pages pages = std::prev(next)->second.lock(); pages && pages->holds(address)) return pages;
    throw ForeignTensor(
        message("guarded backend: a tensor of shape ", x.shape(), " lies in the host's memory"));
  }

  /// What the reference has prepacked, whose bytes are a float for each element, or an int8 and a scale for
  /// each row.
  Tensor moved_in(const Tensor& prepacked) {
    const Index bytes = prepacked.type() == DataType::int8
                            ? prepacked.size(0) * (prepacked.size(1) + Index{sizeof(float)})
                            : prepacked.count() * Index{sizeof(float)};
    auto storage = allocated(static_cast<std::size_t>(bytes));
    const Tensor guarded =
        Tensor::prepacked(std::move(storage), prepacked.shape(), prepacked.type(), prepacked.layout());
    const Opened open(*this, guarded);
    std::memcpy(guarded.prepacked_data(), prepacked.prepacked_data(), static_cast<std::size_t>(bytes));
    return guarded;
  }

  ReferenceBackend inner_;
  struct AllPages {
    std::mutex mutex;
    std::map<const std::byte*, std::weak_ptr<GuardedPages>> by_address;
  };
  std::shared_ptr<AllPages> all_ = std::make_shared<AllPages>();  // tensors may outlive the backend
};

}  // namespace heed
