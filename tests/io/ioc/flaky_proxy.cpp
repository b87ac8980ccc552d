#include "tests/io/ioc/flaky_proxy.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <cstdio>

#include "io/ioc/http_client.hpp"

namespace kontwin::testing {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

struct FlakyProxy::Sockets {
  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_server};
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
};

FlakyProxy::FlakyProxy(std::string target, std::filesystem::path certificate)
    : target_(std::move(target)),
      tls_(!certificate.empty()),
      sockets_(std::make_unique<Sockets>()) {
  if (tls_) {
    sockets_->tls.use_certificate_chain_file(certificate.string());
    sockets_->tls.use_private_key_file(certificate.string(), asio::ssl::context::pem);
  }
  thread_ = std::thread([this] { serve(); });
}

FlakyProxy::~FlakyProxy() {
  stopping_ = true;
  // Wakes the accept.
  boost::system::error_code ignored;
  asio::io_context context;
  tcp::socket(context).connect(sockets_->acceptor.local_endpoint(), ignored);
  thread_.join();
}

std::string FlakyProxy::url() const {
  return std::string(tls_ ? "https" : "http") +
         "://127.0.0.1:" + std::to_string(sockets_->acceptor.local_endpoint().port()) +
         "/v1/decisions";
}

void FlakyProxy::break_next(Break how, unsigned count) {
  how_ = how;
  breaks_ = count;
}

void FlakyProxy::serve() {
  while (true) {
    boost::system::error_code failed;
    tcp::socket socket(sockets_->context);
    sockets_->acceptor.accept(socket, failed);
    if (stopping_) return;
    if (failed) continue;
    ++connections_;
    try {
      if (tls_) {
        asio::ssl::stream<tcp::socket> stream(std::move(socket), sockets_->tls);
        stream.handshake(asio::ssl::stream_base::server);
        serve_one(stream);
      } else {
        serve_one(socket);
      }
    } catch (const std::exception&) {
      // The sender hung up, or was not let through: that is its affair.
    }
  }
}

template <typename Stream>
void FlakyProxy::serve_one(Stream& stream) {
  boost::beast::flat_buffer buffer;
  http::request<http::string_body> request;
  http::read(stream, buffer, request);
  const Break how = breaks_ > 0 ? how_.load() : Break::nothing;
  if (breaks_ > 0) --breaks_;
  if (how == Break::before_forwarding) return;
  if (how == Break::garbage) {
    asio::write(stream, asio::buffer(std::string("SSH-2.0-OpenSSH_9.2\r\n")));
    return;
  }
  HttpCall call;
  call.method = std::string(request.method_string());
  call.url = parse_url(target_);
  call.url.path = std::string(request.target());
  call.headers = {{"Idempotency-Key", std::string(request["Idempotency-Key"])}};
  call.body = request.body();
  const HttpAnswer answer = exchange(call);
  if (how == Break::after_forwarding) return;
  http::response<http::string_body> response(static_cast<http::status>(answer.status), 11);
  response.body() = answer.body;
  response.prepare_payload();
  http::write(stream, response);
}

void write_certificate(const std::filesystem::path& path) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_EXTENSION* address =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
  X509_add_ext(certificate, address, -1);
  X509_sign(certificate, key, EVP_sha256());
  std::FILE* file = std::fopen(path.c_str(), "w");
  PEM_write_X509(file, certificate);
  PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
  X509_EXTENSION_free(address);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

}  // namespace kontwin::testing
