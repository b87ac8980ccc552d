#pragma once

#include <osgGA/GUIEventHandler>

#include <string>
#include <vector>

#include "render/scene.hpp"

namespace kontwin {

/// What a person asks of a viewer with keys: which frame, which layers, which preset. Frames go
/// from 0 to `frames` - 1; playing goes round.
class ViewerKeys final : public osgGA::GUIEventHandler {
 public:
  ViewerKeys(std::size_t frames, std::size_t first, bool playing);

  bool handle(const osgGA::GUIEventAdapter& event, osgGA::GUIActionAdapter& action) override;
  /// What one key does (a character, or one of osgGA's key codes); false when it has no meaning.
  bool press(int key);

  std::size_t frame() const { return frame_; }
  /// Moves by some frames; round at the ends while it plays, held to them otherwise.
  void step(long by);
  bool playing() const { return playing_; }
  bool wants_to_end() const { return end_; }
  unsigned layers() const { return layers_; }
  Colouring colouring() const { return colouring_; }
  /// The preset asked for since the last call; empty when none was.
  std::string take_preset();
  /// Lines to show: a hint, or the whole help.
  std::vector<std::string> lines() const;

 private:
  std::size_t frames_;
  std::size_t frame_;
  bool playing_;
  bool end_ = false;
  bool help_ = false;
  unsigned layers_ = all_layers;
  Colouring colouring_ = Colouring::depth;
  std::string preset_;
};

}  // namespace kontwin
