#include "app/ioc_exchange.hpp"

#include <cstdio>

#include "io/ioc/ioc_link.hpp"
#include "io/ioc/ioc_receiver.hpp"
#include "io/store/store.hpp"
#include "twin/clock.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

void print_decision(const Decision& decision) {
  std::printf("  %s / %s\n  %s\n", decision.title_vi.c_str(), decision.title_en.c_str(),
              decision.id.c_str());
  for (const Measure& measure : decision.measures) {
    std::printf("   • %s\n     %s\n", measure.text_vi.c_str(), measure.text_en.c_str());
  }
}

void print_state(const Decision& decision) {
  const DecisionWords words = words_of(decision.state);
  std::printf("  → %s / %s\n", std::string(words.vietnamese).c_str(),
              std::string(words.english).c_str());
  std::fflush(stdout);
}

}  // namespace

Decision exchange_with_ioc(const std::filesystem::path& store_file, const Decision& proposal,
                           bool approve) {
  Store store(store_file);
  store.propose(proposal, "kontwin demo");
  print_decision(proposal);
  print_state(*store.decision(proposal.id));
  if (!approve) {
    std::printf("  Chưa duyệt; gửi đi với --approve / Not approved; --approve sends it\n");
    return *store.decision(proposal.id);
  }

  const ManualClock clock(proposal.proposed_at);
  store.approve(proposal.id, "demo operator", clock.now());
  print_state(*store.decision(proposal.id));

  IocReceiver receiver;
  IocLinkOptions options;
  options.url = receiver.url();
  IocLink link(store, clock, options);
  std::printf("  POST %s\n", receiver.url().c_str());
  link.send_due();
  Decision decision = *store.decision(proposal.id);
  if (decision.state != DecisionState::acknowledged) {
    const auto waiting = store.outbox();
    throw Error("the IOC did not acknowledge the decision: " +
                (waiting.empty() ? std::string(name_of(decision.state)) : waiting[0].last_error));
  }
  print_state(decision);
  std::printf("    IOC: %s\n", decision.acknowledgement.c_str());

  // The reference receiver carries it out at once, so that the way back is shown too.
  receiver.mark_done(decision.id);
  link.ask_for_done();
  decision = *store.decision(decision.id);
  print_state(decision);
  return decision;
}

}  // namespace kontwin
