using System.Security.Cryptography;
using CsCheck;
using Shouwang.Application.Common.Seals;
using Xunit;

namespace Shouwang.Tests.Ledger;

/// <summary>The laws of the Merkle log: what is in it can be proven, what it was stays its beginning, and nothing else can.</summary>
public sealed class MerkleTests
{
    private static readonly Gen<int> s_size = Gen.Int[1, 400];

    [Fact]
    public void Roots_are_those_of_rfc_6962()
    {
        // The reference tree of certificate transparency is over entries of any length; these are its first hashes over our fixed length.
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(MerkleTree.Root([])));
        var (a, b, c) = (Leaf(0), Leaf(1), Leaf(2));
        Assert.Equal(SHA256.HashData([0, .. Entry(0)]), a);
        Assert.Equal(SHA256.HashData([1, .. a, .. b]), MerkleTree.Root([a, b]));
        Assert.Equal(SHA256.HashData([1, .. SHA256.HashData([1, .. a, .. b]), .. c]), MerkleTree.Root([a, b, c]));
    }

    [Fact]
    public void A_log_grown_leaf_by_leaf_has_the_root_of_the_whole_and_tells_its_tiles() => s_size.Sample(
        size =>
        {
            var (frontier, tiles) = (new MerkleFrontier(), new List<MerkleTile>());
            for (var i = 0; i < size; i++) frontier.Append(Leaf(i), tiles.Add);

            Assert.Equal(MerkleTree.Root(Leaves(0, size)), frontier.Root());
            Assert.Equal(size >> MerkleFrontier.TileHeight, tiles.Count);
            Assert.All(tiles, t => Assert.Equal(MerkleTree.Root(Leaves((int)t.Index * 256, ((int)t.Index + 1) * 256)), t.Hash));
        }, iter: 60);

    [Fact]
    public void Every_entry_can_be_proven_to_be_in_the_log() => Gen.Select(s_size, Gen.Int[0, 1000]).Sample((size, some) =>
    {
        var index = some % size;
        var proof = Hashes(MerkleTree.InclusionPath(index, size));
        Assert.True(MerkleProof.Includes(Leaf(index), index, size, proof, MerkleTree.Root(Leaves(0, size))));
    });

    [Fact]
    public void Every_earlier_log_can_be_proven_to_be_the_beginning_of_a_later_one() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 400]).Sample((one, other) =>
        {
            var (earlier, later) = (Math.Min(one, other), Math.Max(one, other));
            Assert.True(MerkleProof.Continues(Head(earlier), Head(later), Hashes(MerkleTree.ConsistencyPath(earlier, later))));
        });

    [Fact]
    public void A_proof_with_any_bit_changed_proves_nothing() =>
        Gen.Select(s_size, Gen.Int[0, 1000], Gen.Int[0, 255], Gen.Int[0, 100]).Sample((size, some, bit, which) =>
        {
            var index = some % size;
            var (leaf, root) = (Leaf(index), MerkleTree.Root(Leaves(0, size)));
            var proof = Hashes(MerkleTree.InclusionPath(index, size));

            Assert.False(MerkleProof.Includes(Flip(leaf, bit), index, size, proof, root));
            Assert.False(MerkleProof.Includes(leaf, index, size, proof, Flip(root, bit)));
            Assert.False(MerkleProof.Includes(leaf, index, size, [.. proof, leaf], root));
            if (proof.Count == 0) return;
            Assert.False(MerkleProof.Includes(leaf, index, size, Changed(proof, which, bit), root));
            Assert.False(MerkleProof.Includes(leaf, index, size, [.. proof.Skip(1)], root));
        });

    [Fact]
    public void A_log_with_any_bit_changed_does_not_continue_the_earlier_one() =>
        Gen.Select(s_size, s_size, Gen.Int[0, 255], Gen.Int[0, 100]).Sample((one, other, bit, which) =>
        {
            var (earlier, later) = (Head(Math.Min(one, other)), Head(Math.Max(one, other)));
            var proof = Hashes(MerkleTree.ConsistencyPath(earlier.Size, later.Size));

            Assert.False(MerkleProof.Continues(earlier with { Root = Flip(earlier.Root, bit) }, later, proof));
            Assert.False(MerkleProof.Continues(earlier, later with { Root = Flip(later.Root, bit) }, proof));
            Assert.False(MerkleProof.Continues(earlier, later, [.. proof, earlier.Root]));
            if (proof.Count > 0) Assert.False(MerkleProof.Continues(earlier, later, Changed(proof, which, bit)));
        });

    [Fact]
    public void A_log_whose_history_was_rewritten_offers_no_proof_that_passes() =>
        Gen.Select(Gen.Int[2, 300], Gen.Int[1, 100], Gen.Int[0, 1000]).Sample((size, more, some) =>
        {
            var rewritten = Leaves(0, size + more);
            rewritten[some % size] = Leaf(-1);
            var proof = MerkleTree.ConsistencyPath(size, size + more)
                .Select(r => MerkleTree.Root(rewritten.AsSpan((int)r.From, (int)r.Count))).ToList();
            Assert.False(MerkleProof.Continues(Head(size), new(size + more, MerkleTree.Root(rewritten)), proof));
        });

    private static byte[] Entry(int i) => SHA256.HashData(BitConverter.GetBytes(i));

    private static byte[] Leaf(int i) => MerkleTree.Leaf(Entry(i));

    private static byte[][] Leaves(int from, int to) => [.. Enumerable.Range(from, to - from).Select(Leaf)];

    private static LogHead Head(long size) => new(size, MerkleTree.Root(Leaves(0, (int)size)));

    private static List<byte[]> Hashes(IReadOnlyList<LeafRange> path) =>
        [.. path.Select(r => MerkleTree.Root(Leaves((int)r.From, (int)r.To)))];

    private static byte[] Flip(byte[] hash, int bit)
    {
        var changed = hash.ToArray();
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private static List<byte[]> Changed(List<byte[]> proof, int which, int bit)
    {
        var changed = proof.ToList();
        changed[which % proof.Count] = Flip(changed[which % proof.Count], bit);
        return changed;
    }
}
