// A web server on 127.0.0.1 that does what a test tells it to, and misbehaves when told so.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace parley::testing {

struct Request {
  std::string target;
  std::string head;  ///< all lines, as they came
  bool has(const std::string& words) const { return head.find(words) != std::string::npos; }
};

/// The bytes of a whole answer, its head included: nothing is added, so that it may be as wrong as the test likes.
using Handler = std::function<std::string(const Request&)>;

inline std::string answer(int status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " Whatever\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

class Server {
 public:
  explicit Server(Handler handler) : handler_(std::move(handler)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    ::listen(listener_, 16);
    thread_ = std::thread([this] { serve(); });
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    ending_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  std::string url(const std::string& target) const { return "http://127.0.0.1:" + std::to_string(port_) + target; }
  std::vector<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  std::size_t asked(const std::string& target) const {
    std::size_t out = 0;
    for (const std::string& one : asked()) out += one == target;
    return out;
  }

 private:
  void serve() {
    while (!ending_) {
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) return;
      Request request;
      char buffer[4096];
      while (request.head.find("\r\n\r\n") == std::string::npos) {
        const ssize_t got = ::recv(socket, buffer, sizeof buffer, 0);
        if (got <= 0) break;
        request.head.append(buffer, static_cast<std::size_t>(got));
      }
      const std::size_t first = request.head.find(' ');
      const std::size_t second = request.head.find(' ', first + 1);
      if (first != std::string::npos && second != std::string::npos) {
        request.target = request.head.substr(first + 1, second - first - 1);
        {
          const std::lock_guard lock(mutex_);
          asked_.push_back(request.target);
        }
        const std::string bytes = handler_(request);
        for (std::size_t at = 0; at < bytes.size();) {
          const ssize_t sent = ::send(socket, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
          if (sent <= 0) break;
          at += static_cast<std::size_t>(sent);
        }
      }
      ::close(socket);
    }
  }

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ending_{false};
  mutable std::mutex mutex_;
  std::vector<std::string> asked_;
  std::thread thread_;
};

}  // namespace parley::testing
