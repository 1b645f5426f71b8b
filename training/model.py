"""The encoder and its heads, as docs/model-format.md describes them."""
import dataclasses

import torch
import torch.nn.functional as F
from torch import nn


@dataclasses.dataclass
class Settings:
    vocab: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    intermediate: int = 1536
    max_pieces: int = 256
    norm_epsilon: float = 1e-12
    arc: int = 384
    rel: int = 96
    role_hidden: int = 256
    role_heads: int = 4
    role_intermediate: int = 512
    role_distance_buckets: int = 16
    factuality_hidden: int = 128


class Layer(nn.Module):
    """A post-norm transformer layer."""

    def __init__(self, width, heads, intermediate, epsilon, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=epsilon)
        self.ffn_in = nn.Linear(width, intermediate)
        self.ffn_out = nn.Linear(intermediate, width)
        self.norm2 = nn.LayerNorm(width, eps=epsilon)

    def forward(self, x, mask):
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        # by hand: for sentences this short the fused kernel's backward pass costs more than it saves
        scores = torch.matmul(q * (w // self.heads) ** -0.5, k.transpose(2, 3)) + mask
        a = torch.matmul(torch.softmax(scores, -1), v)
        a = self.out(a.transpose(1, 2).reshape(b, n, w))
        x = self.norm1(x + a)
        f = self.ffn_out(F.gelu(self.ffn_in(x)))
        return self.norm2(x + F.dropout(f, self.dropout, self.training))


class Parley(nn.Module):
    def __init__(self, settings: Settings, labels: dict):
        super().__init__()
        s = self.settings = settings
        h = s.hidden
        self.word = nn.Embedding(s.vocab, h)
        self.position = nn.Embedding(512, h)
        self.case = nn.Embedding(4, h)
        self.norm = nn.LayerNorm(h, eps=s.norm_epsilon)
        self.encoder = nn.ModuleList(Layer(h, s.heads, s.intermediate, s.norm_epsilon, 0.1) for _ in range(s.layers))
        self.upos = nn.Linear(h, len(labels["upos"]))
        self.xpos = nn.Linear(h, len(labels["xpos"]))
        self.feats = nn.Linear(h, len(labels["feats"]))
        self.lemma = nn.Linear(h, len(labels["lemma_rules"]))
        self.ner = nn.Linear(h, len(labels["ner"]))
        self.predicate = nn.Linear(h, 1)
        self.sense = nn.Linear(h, len(labels["senses"]))
        self.factuality_in = nn.Linear(h, s.factuality_hidden)
        self.factuality_out = nn.Linear(s.factuality_hidden, 1)
        self.arc_dependent, self.arc_head = nn.Linear(h, s.arc), nn.Linear(h, s.arc)
        self.arc_biaffine = nn.Parameter(torch.zeros(s.arc + 1, s.arc))
        self.rel_dependent, self.rel_head = nn.Linear(h, s.rel), nn.Linear(h, s.rel)
        self.rel_biaffine = nn.Parameter(torch.zeros(len(labels["deprel"]), s.rel + 1, s.rel + 1))
        self.role_word = nn.Linear(h, s.role_hidden)
        self.role_predicate = nn.Linear(h, s.role_hidden, bias=False)
        self.role_distance = nn.Embedding(2 * s.role_distance_buckets + 1, s.role_hidden)
        self.role_norm = nn.LayerNorm(s.role_hidden, eps=s.norm_epsilon)
        self.role_layer = Layer(s.role_hidden, s.role_heads, s.role_intermediate, s.norm_epsilon, 0.1)
        self.role_out = nn.Linear(s.role_hidden, len(labels["roles"]))
        nn.init.zeros_(self.case.weight)
        nn.init.normal_(self.sense.weight, std=0.02)
        nn.init.normal_(self.role_distance.weight, std=0.1)
        nn.init.normal_(self.arc_biaffine, std=0.02)
        nn.init.normal_(self.rel_biaffine, std=0.02)

    def load_base(self, file):
        """Weights of a BERT-shaped encoder; the token-type embedding is added to the positions'."""
        from safetensors.torch import load_file
        t = load_file(file)
        with torch.no_grad():
            self.word.weight.copy_(t["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(t["embeddings.position_embeddings.weight"] + t["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(t["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(t["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.encoder):
                p = f"encoder.layer.{i}."
                for kind in ("weight", "bias"):
                    g = lambda name: t[p + name + "." + kind]
                    getattr(layer.qkv, kind).copy_(torch.cat([g(f"attention.self.{x}") for x in ("query", "key", "value")]))
                    getattr(layer.out, kind).copy_(g("attention.output.dense"))
                    getattr(layer.norm1, kind).copy_(g("attention.output.LayerNorm"))
                    getattr(layer.ffn_in, kind).copy_(g("intermediate.dense"))
                    getattr(layer.ffn_out, kind).copy_(g("output.dense"))
                    getattr(layer.norm2, kind).copy_(g("output.LayerNorm"))

    def encode(self, pieces, case, mask, collect=None):
        """-> the last layer's output at every piece."""
        n = pieces.shape[1]
        x = self.norm(self.word(pieces) + self.position.weight[:n] + self.case(case))
        x = F.dropout(x, 0.1, self.training)
        bias = torch.zeros(mask.shape, dtype=torch.float32).masked_fill_(~mask, -1e4)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            bias = bias.bfloat16()
        if collect is not None:
            collect.append(x)
        for layer in self.encoder:
            x = layer(x, bias)
            if collect is not None:
                collect.append(x)
        return x

    def words(self, encoded, first):
        """Vectors at each word's first piece; index 0 is [CLS], the root."""
        return encoded.gather(1, first[..., None].expand(-1, -1, encoded.shape[-1]))

    def arcs(self, w):
        """[B, 1 + W] vectors -> scores[b, d, h] of word d + 1 under head h."""
        drop = lambda t: F.dropout(t, 0.25, self.training)
        d, h = drop(F.gelu(self.arc_dependent(w[:, 1:]))), drop(F.gelu(self.arc_head(w)))
        return torch.matmul(torch.matmul(d, self.arc_biaffine[:-1]) + self.arc_biaffine[-1], h.transpose(1, 2)).float()

    def relations(self, w, b, d, h):
        """Scores of each relation for words d (from 1) under heads h, in sentences b."""
        drop = lambda t: F.dropout(t, 0.25, self.training)
        dep, head = drop(F.gelu(self.rel_dependent(w)))[b, d], drop(F.gelu(self.rel_head(w)))[b, h]
        one = dep.new_ones(len(dep), 1)
        dep, head = torch.cat([dep, one], 1), torch.cat([head, one], 1)
        labels, r, _ = self.rel_biaffine.shape
        left = F.linear(dep, self.rel_biaffine.transpose(1, 2).reshape(labels * r, r)).view(-1, labels, r)
        return (left * head[:, None, :]).sum(-1).float()

    def roles(self, w, mask, b, p):
        """[P] predicates at word p (from 1) of sentence b -> label scores [P, W, labels]; mask [B, W]."""
        n, d = w.shape[1] - 1, self.settings.role_distance_buckets
        x = self.role_word(w[:, 1:])[b] + self.role_predicate(w[b, p])[:, None]
        distance = (torch.arange(1, n + 1)[None] - p[:, None]).clamp(-d, d) + d
        x = self.role_norm(x + self.role_distance(distance))
        x = F.dropout(x, 0.1, self.training)
        bias = torch.zeros(mask.shape).masked_fill_(~mask, -1e4)[b][:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            bias = bias.bfloat16()
        return self.role_out(self.role_layer(x, bias)).float()

    def factual(self, w):
        return self.factuality_out(F.gelu(self.factuality_in(w))).squeeze(-1).float()
