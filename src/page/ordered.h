// A batch worked on by several threads, its results in the order of the batch.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "page/page.h"

namespace parley {

/// One thread at a time takes a report from the batch, all work on what they took. At most four a thread wait
/// to be written, so memory does not grow with the batch.
template <typename Done>
class OrderedWork {
 public:
  /// `work` is called by all threads at once.
  OrderedWork(InputReader reader, unsigned threads, std::function<Done(RawReport)> work)
      : reader_(std::move(reader)), work_(std::move(work)), window_(std::size_t{threads} * 4) {
    for (unsigned i = 0; i < threads; ++i) workers_.emplace_back([this] { run(); });
  }
  OrderedWork(const OrderedWork&) = delete;
  OrderedWork& operator=(const OrderedWork&) = delete;
  ~OrderedWork() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  /// Waits a moment for the next result: `out` is empty when there is none yet, since a batch may come from somebody
  /// who types and the caller may have other things to do. False at the end. What a thread could not catch (no
  /// memory) is thrown here.
  bool next(std::optional<Done>& out) {
    out.reset();
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(100),
                      [this] { return failure_ || done_.count(written_) > 0 || (ended_ && written_ == taken_); });
    if (failure_) std::rethrow_exception(failure_);
    const auto found = done_.find(written_);
    if (found == done_.end()) return !ended_ || written_ != taken_;
    out = std::move(found->second);
    done_.erase(found);
    ++written_;
    lock.unlock();
    changed_.notify_all();
    return true;
  }

  /// Of the batch's files, for progress lines.
  std::uint64_t bytes_read() {
    const std::lock_guard lock(mutex_);
    return bytes_read_;
  }

  /// What the batch passed over; complete once `next` gave nothing.
  std::uint64_t passed_over() {
    const std::lock_guard lock(taking_);
    return reader_.passed_over();
  }

 private:
  void run() {
    try {
      work_off();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
      ended_ = true;
      changed_.notify_all();
    }
  }

  void work_off() {
    for (;;) {
      std::size_t number = 0;
      std::optional<RawReport> raw;
      {
        // Whoever holds `taking_` reads from the batch; results are handed over meanwhile.
        const std::lock_guard turn(taking_);
        {
          std::unique_lock lock(mutex_);
          changed_.wait(lock, [this] { return stop_ || ended_ || taken_ < written_ + window_; });
          if (stop_ || ended_) return;
        }
        raw = reader_.take();
        const std::lock_guard lock(mutex_);
        bytes_read_ = reader_.bytes_read();
        if (raw) {
          number = taken_++;
        } else {
          ended_ = true;
        }
      }
      if (!raw) {
        changed_.notify_all();
        return;
      }
      Done result = work_(std::move(*raw));
      {
        const std::lock_guard lock(mutex_);
        done_.emplace(number, std::move(result));
      }
      changed_.notify_all();
    }
  }

  InputReader reader_;
  std::function<Done(RawReport)> work_;
  const std::size_t window_;
  std::mutex taking_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, Done> done_;
  std::size_t taken_ = 0;
  std::size_t written_ = 0;
  std::uint64_t bytes_read_ = 0;
  std::exception_ptr failure_;
  bool ended_ = false;
  bool stop_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace parley
