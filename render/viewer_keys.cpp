#include "render/viewer_keys.hpp"

#include <algorithm>
#include <utility>

#include "render/camera.hpp"

namespace kontwin {

namespace {

using Key = osgGA::GUIEventAdapter;

struct LayerKey {
  int key;
  Layer layer;
};

constexpr LayerKey layer_keys[] = {
    {'r', Layer::roads},  {'w', Layer::water},  {'v', Layer::rivers}, {'b', Layer::buildings},
    {'m', Layer::movers}, {'l', Layer::labels}, {'k', Layer::legend}};

constexpr int colourings = static_cast<int>(Colouring::shaking) + 1;

}  // namespace

ViewerKeys::ViewerKeys(std::size_t frames, std::size_t first, bool playing)
    : frames_(frames), frame_(std::min(first, frames - 1)), playing_(playing) {}

bool ViewerKeys::handle(const osgGA::GUIEventAdapter& event, osgGA::GUIActionAdapter&) {
  return event.getEventType() == Key::KEYDOWN && press(event.getKey());
}

bool ViewerKeys::press(int key) {
  for (const LayerKey& layer : layer_keys) {
    if (key != layer.key) continue;
    layers_ ^= static_cast<unsigned>(layer.layer);
    return true;
  }
  const auto& presets = camera_presets();
  if (key >= '1' && key < '1' + static_cast<int>(presets.size())) {
    preset_ = presets[static_cast<std::size_t>(key - '1')];
    return true;
  }
  switch (key) {
    case Key::KEY_Space:
      playing_ = !playing_;
      return true;
    case '.':
    case Key::KEY_Right:
      playing_ = false;
      step(1);
      return true;
    case ',':
    case Key::KEY_Left:
      playing_ = false;
      step(-1);
      return true;
    case Key::KEY_Home:
      frame_ = 0;
      return true;
    case Key::KEY_End:
      frame_ = frames_ - 1;
      return true;
    case 'd':
      colouring_ = static_cast<Colouring>((static_cast<int>(colouring_) + 1) % colourings);
      return true;
    case 'h':
      help_ = !help_;
      return true;
    case 'q':
    case Key::KEY_Escape:
      end_ = true;
      return true;
    default:
      return false;
  }
}

void ViewerKeys::step(long by) {
  const auto count = static_cast<long>(frames_);
  const long wanted = static_cast<long>(frame_) + by;
  frame_ = static_cast<std::size_t>(playing_ ? (wanted % count + count) % count
                                             : std::clamp(wanted, 0L, count - 1));
}

std::string ViewerKeys::take_preset() { return std::exchange(preset_, {}); }

std::vector<std::string> ViewerKeys::lines() const {
  std::vector<std::string> lines{
      "Khung / Frame " + std::to_string(frame_ + 1) + "/" + std::to_string(frames_) +
      (playing_ ? "  đang chạy / playing" : "  dừng / paused") + "  ·  h: trợ giúp / help"};
  if (!help_) return lines;
  lines.insert(
      lines.end(),
      {"cách/space: chạy, dừng / play, pause",
       "mũi tên trái, phải hoặc , . : lùi, tiến / arrows: step",
       "Home End: đầu, cuối / first, last", "1 2 3: toàn tỉnh, thành phố, Măng Đen / presets",
       "r đường / roads   w nước ngập / flood   v sông / rivers",
       "b nhà / buildings   m phương tiện / movers", "l nhãn / labels   k chú giải / legend",
       "d: màu theo độ sâu, nguy hiểm, sạt lở, động đất",
       "   colours: depth, hazard, landslides, shaking",
       "chuột: xoay, kéo, phóng / mouse: turn, pan, zoom", "q: thoát / quit"});
  return lines;
}

}  // namespace kontwin
